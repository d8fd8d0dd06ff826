import { matrixDriver } from "./matrix.ts";
import { contractSuite } from "./suite.ts";

contractSuite("matrix", matrixDriver);
