/** How cells of a workbook that we write look; a style is its place in the list of the styles part. */

/** By place in `FORMATS`. */
export const STYLE = {
	plain: 0,
	header: 1,
	text: 2,
	date: 3,
	localTime: 4,
	number: 5,
	faulty: 6,
	link: 7,
	title: 8,
	wrapped: 9,
	required: 10,
} as const;
export type Style = (typeof STYLE)[keyof typeof STYLE];

const DATE = 170;
const LOCAL_TIME = 171;
const AS_TEXT = 49;

const xf = (numFmt: number, font: number, fill: number, more = "") =>
	`<xf numFmtId="${numFmt}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top"${more}/></xf>`;
const WRAP = ' wrapText="1"';

/** In the order of `STYLE`. */
const FORMATS = [
	xf(0, 0, 0),
	xf(AS_TEXT, 1, 2, WRAP),
	xf(AS_TEXT, 0, 0),
	xf(DATE, 0, 0),
	xf(LOCAL_TIME, 0, 0),
	xf(0, 0, 0),
	xf(AS_TEXT, 0, 3),
	xf(AS_TEXT, 2, 0),
	xf(AS_TEXT, 3, 0),
	xf(AS_TEXT, 0, 0, WRAP),
	xf(AS_TEXT, 1, 4, WRAP),
];

const solid = (rgb: string) =>
	`<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;

export const stylesXml = (): string =>
	[
		'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
		'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
		`<numFmts count="2"><numFmt numFmtId="${DATE}" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="${LOCAL_TIME}" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>`,
		'<fonts count="4"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
		'<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
		'<font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="Calibri"/><family val="2"/></font>',
		'<font><b/><sz val="16"/><name val="Calibri"/><family val="2"/></font></fonts>',
		'<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
		`${solid("D9E2EC")}${solid("FFC7CE")}${solid("BCCCDC")}</fills>`,
		'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
		'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
		`<cellXfs count="${FORMATS.length}">${FORMATS.join("")}</cellXfs>`,
		'<cellStyles count="1"><cellStyle name="Standard" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
	].join("");
