// Fetching a file that was sent, from a server that answers in every way a server may.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DownloadError } from "../../../src/bot/platform.ts";
import { download } from "../../../src/platforms/matrix/download.ts";

let base = "";
let asked: string[] = [];
let answer = (_request: IncomingMessage, response: ServerResponse): void => void response.end();
const server = createServer((request, response) => {
	asked.push(`${request.url} ${request.headers.authorization}`);
	answer(request, response);
});

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
beforeEach(() => {
	asked = [];
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const fetched = (ref: string, most = 1_000) =>
	download(
		{ homeserverUrl: base, accessToken: "secret" },
		{ name: "contacts.csv", mediaType: null, size: null, ref },
		most,
		AbortSignal.timeout(10_000),
	);

async function refused(ref: string, most = 1_000): Promise<DownloadError> {
	const error: unknown = await fetched(ref, most).then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (error instanceof DownloadError) return error;
	throw new Error("it was not refused");
}

const json = (status: number, body: object) => (_: IncomingMessage, response: ServerResponse) =>
	void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

test("authenticated media, byte for byte", async () => {
	answer = (_, response) => void response.end("key,name\nä,Ö\n");
	expect(Buffer.from(await fetched("mxc://lab.test:8448/AbC_1-x")).toString()).toBe("key,name\nä,Ö\n");
	expect(asked).toEqual(["/_matrix/client/v1/media/download/lab.test%3A8448/AbC_1-x?timeout_ms=20000 Bearer secret"]);
});

test.each([
	"",
	"https://evil.example/x",
	"mxc://lab.test",
	"mxc://lab.test/../../admin",
	"mxc://lab.test/a/b",
	"mxc://lab.test/a?x=1",
	"mxc://lab@evil/a",
	"mxc://lab.test/a\nb",
])("no request is made for the address %j", async (ref) => {
	expect((await refused(ref)).outcome).toBe("never");
	expect(asked).toEqual([]);
});

test("a file larger than said ends where the limit is", async () => {
	answer = (_, response) => {
		const more = () => {
			while (response.write(Buffer.alloc(10_000)));
			response.once("drain", more);
		};
		more();
	};
	expect(await refused("mxc://lab.test/a")).toMatchObject({
		outcome: "never",
		reason: { de: expect.stringMatching(/größer/) },
	});
});

test("the token follows no redirect", async () => {
	answer = (request, response) =>
		void (request.url === "/elsewhere" ? response.end("x") : response.writeHead(302, { location: "/elsewhere" }).end());
	expect((await refused("mxc://lab.test/a")).outcome).toBe("later");
	expect(asked).toHaveLength(1);
});

test("a file that is not there is told apart from a server that is away", async () => {
	answer = json(404, { errcode: "M_NOT_FOUND" });
	expect((await refused("mxc://lab.test/a")).outcome).toBe("never");
	answer = json(404, { errcode: "M_UNRECOGNIZED" });
	expect((await refused("mxc://lab.test/a")).outcome).toBe("later");
	answer = json(429, { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 1234 });
	expect(await refused("mxc://lab.test/a")).toMatchObject({ outcome: "later", retryAfterMs: 1234 });
	for (const status of [502, 200]) {
		answer = (_, response) => void response.writeHead(status, { "content-type": "text/html" }).end("<html>");
		expect((await refused("mxc://lab.test/a")).outcome).toBe("later");
	}
	answer = (_, response) => {
		response.writeHead(200, { "content-length": "500" });
		response.write("half", () => response.destroy());
	};
	expect((await refused("mxc://lab.test/a")).outcome).toBe("later");
});
