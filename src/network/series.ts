/** Decisions are numbered per series and year: the series is that of the event's kind (chat.md). */
import type { EventKind } from "./enums.ts";
import type { NetworkEvent } from "./records.ts";

const SERIES: Partial<Record<EventKind, string>> = {
	regional_conference: "RK",
	council_session: "PR",
	exchange_meeting: "AT",
	training: "SCH",
};

const OTHER_SERIES = "B";

export const seriesOf = (event: NetworkEvent | null): string => (event && SERIES[event.kind]) ?? OTHER_SERIES;

export const ALL_SERIES = [...Object.values(SERIES), OTHER_SERIES];
