// The App Home tab: published anew whenever a person opens it.
import { z } from "zod";
import { faultOf, type Intake } from "./delivery.ts";
import { render } from "./render.ts";
import { Trouble } from "./trouble.ts";

export async function publishHome({ bot, call, log, people }: Intake, user: string): Promise<void> {
	try {
		const sender = await people.sender(user);
		const { posts } = render((await bot.home("slack", sender)).parts, sender.language ?? "de", "home");
		const view = { type: "home", blocks: posts[0]?.blocks ?? [] };
		await call("views.publish", { user_id: user, view }, z.object({}), 5000);
	} catch (error) {
		// The next opening publishes it again.
		log.warn(error instanceof Trouble ? { code: error.code } : faultOf(error), "an App Home could not be published");
	}
}
