/** The least that a Matrix bot can do: matrix-bot-sdk with its own sync loop, one listener, one answer. */
import { AutojoinRoomsMixin, LogLevel, LogService, MatrixClient, setRequestFn } from "matrix-bot-sdk";
import { z } from "zod";
import { fetchRequest } from "../src/platforms/matrix/http.ts";

const text = z.object({ sender: z.string(), content: z.object({ msgtype: z.literal("m.text"), body: z.string() }) });

// The deprecated package that the SDK would use is a stub here.
setRequestFn(fetchRequest);
LogService.setLevel(LogLevel.ERROR);
const client = new MatrixClient(process.env.MATRIX_HOMESERVER_URL ?? "", process.env.MATRIX_ACCESS_TOKEN ?? "");
AutojoinRoomsMixin.setupOnClient(client);
const own = await client.getUserId();
client.on("room.message", async (room: string, event: unknown) => {
	const said = text.safeParse(event).data;
	if (said && said.sender !== own) await client.sendNotice(room, `echo: ${said.content.body}`);
});
await client.start();
console.log("ready");
