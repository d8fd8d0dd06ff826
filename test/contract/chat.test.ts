import { consoleDriver } from "./console.ts";
import { slackDriver } from "./slack.ts";
import { contractSuite } from "./suite.ts";

contractSuite("console", consoleDriver);
contractSuite("slack", slackDriver);
