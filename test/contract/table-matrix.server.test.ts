import { matrixTable } from "./table/matrix.ts";
import { tableSuite } from "./table/suite.ts";

tableSuite("matrix", matrixTable);
