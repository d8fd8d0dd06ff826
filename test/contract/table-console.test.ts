import { consoleTable } from "./table/console.ts";
import { tableSuite } from "./table/suite.ts";

tableSuite("console", consoleTable);
