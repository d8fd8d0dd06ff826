import { slackTable } from "./table/slack.ts";
import { tableSuite } from "./table/suite.ts";

tableSuite("slack", slackTable);
