import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actions, heading, type Line, list, note, type Part, text } from "../../../src/bot/reply.ts";
import { render } from "../../../src/platforms/slack/render.ts";
import { lintText, validateBlocks } from "../../support/slacksim/slacksim.mjs";

const blocks = (...parts: Part[]) => render(parts, "de").posts.flatMap((post) => post.blocks);

describe("each part", () => {
	test("text with links and strong words", () => {
		const line: Line = [{ text: "Frau Beispiel", strong: true }, " ", { text: "0375 1", link: "tel:+493751" }];
		expect(blocks(text(line))).toMatchInlineSnapshot(`
			[
			  {
			    "elements": [
			      {
			        "elements": [
			          {
			            "style": {
			              "bold": true,
			            },
			            "text": "Frau Beispiel",
			            "type": "text",
			          },
			          {
			            "text": " ",
			            "type": "text",
			          },
			          {
			            "text": "0375 1",
			            "type": "link",
			            "url": "tel:+493751",
			          },
			        ],
			        "type": "rich_text_section",
			      },
			    ],
			    "type": "rich_text",
			  },
			]
		`);
	});

	test("an address that is no web, mail or phone address is only text", () => {
		const links = ["javascript:alert(1)", "file:///etc/passwd", "slack://open", "https://a b", "data:text/html,x"];
		for (const link of links) expect(JSON.stringify(blocks(text({ text: "x", link })))).not.toContain("link");
	});

	test("heading, fields, note", () => {
		const fields: Part = {
			kind: "fields",
			fields: [
				{ label: "Ort", value: "Zwickau" },
				{ label: "Web", value: { text: "x.de", link: "https://x.de" } },
			],
		};
		expect(blocks(heading("Polizei <Zwickau>"), fields, note("geprüft am 1. März"))).toMatchInlineSnapshot(`
			[
			  {
			    "text": {
			      "emoji": false,
			      "text": "Polizei <Zwickau>",
			      "type": "plain_text",
			    },
			    "type": "header",
			  },
			  {
			    "elements": [
			      {
			        "elements": [
			          {
			            "style": {
			              "bold": true,
			            },
			            "text": "Ort: ",
			            "type": "text",
			          },
			          {
			            "text": "Zwickau",
			            "type": "text",
			          },
			          {
			            "style": {
			              "bold": true,
			            },
			            "text": "
			Web: ",
			            "type": "text",
			          },
			          {
			            "text": "x.de",
			            "type": "link",
			            "url": "https://x.de",
			          },
			        ],
			        "type": "rich_text_section",
			      },
			    ],
			    "type": "rich_text",
			  },
			  {
			    "elements": [
			      {
			        "emoji": false,
			        "text": "geprüft am 1. März",
			        "type": "plain_text",
			      },
			    ],
			    "type": "context",
			  },
			]
		`);
	});

	test("a note with a link is markup, escaped", () => {
		expect(blocks(note(["Quelle: ", { text: "A & <B>", link: "https://x.de/?a=1&b=2|3" }]))).toMatchInlineSnapshot(`
			[
			  {
			    "elements": [
			      {
			        "text": "Quelle: <https://x.de/?a=1&amp;b=2%7C3|A &amp; &lt;B&gt;>",
			        "type": "mrkdwn",
			        "verbatim": true,
			      },
			    ],
			    "type": "context",
			  },
			]
		`);
	});

	test("lists, ordered and not", () => {
		expect(blocks(list(["eins", "zwei"]), list(["eins", "zwei"], true))).toMatchInlineSnapshot(`
			[
			  {
			    "elements": [
			      {
			        "elements": [
			          {
			            "elements": [
			              {
			                "text": "eins",
			                "type": "text",
			              },
			            ],
			            "type": "rich_text_section",
			          },
			          {
			            "elements": [
			              {
			                "text": "zwei",
			                "type": "text",
			              },
			            ],
			            "type": "rich_text_section",
			          },
			        ],
			        "style": "bullet",
			        "type": "rich_text_list",
			      },
			    ],
			    "type": "rich_text",
			  },
			  {
			    "elements": [
			      {
			        "elements": [
			          {
			            "text": "1. ",
			            "type": "text",
			          },
			          {
			            "text": "eins",
			            "type": "text",
			          },
			          {
			            "text": "
			2. ",
			            "type": "text",
			          },
			          {
			            "text": "zwei",
			            "type": "text",
			          },
			        ],
			        "type": "rich_text_section",
			      },
			    ],
			    "type": "rich_text",
			  },
			]
		`);
	});

	test("a table, its short rows filled up", () => {
		const rows: Line[][] = [["a", { text: "b", link: "https://x.de" }], ["c"]];
		expect(blocks({ kind: "table", columns: ["A", "B"], rows })).toMatchInlineSnapshot(`
			[
			  {
			    "rows": [
			      [
			        {
			          "text": "A",
			          "type": "raw_text",
			        },
			        {
			          "text": "B",
			          "type": "raw_text",
			        },
			      ],
			      [
			        {
			          "text": "a",
			          "type": "raw_text",
			        },
			        {
			          "elements": [
			            {
			              "elements": [
			                {
			                  "text": "b",
			                  "type": "link",
			                  "url": "https://x.de",
			                },
			              ],
			              "type": "rich_text_section",
			            },
			          ],
			          "type": "rich_text",
			        },
			      ],
			      [
			        {
			          "text": "c",
			          "type": "raw_text",
			        },
			        {
			          "text": "–",
			          "type": "raw_text",
			        },
			      ],
			    ],
			    "type": "table",
			  },
			]
		`);
	});

	test("buttons carry their line, and whom they belong to", () => {
		expect(
			blocks(
				actions(
					{ label: "Ja", line: "beschluss zurück X", style: "danger" },
					{ label: "Nein", line: "nein", only: "U1" },
				),
			),
		).toMatchInlineSnapshot(`
			[
			  {
			    "elements": [
			      {
			        "action_id": "run.0",
			        "style": "danger",
			        "text": {
			          "emoji": false,
			          "text": "Ja",
			          "type": "plain_text",
			        },
			        "type": "button",
			        "value": "beschluss zurück X",
			      },
			      {
			        "action_id": "only.U1.1",
			        "text": {
			          "emoji": false,
			          "text": "Nein",
			          "type": "plain_text",
			        },
			        "type": "button",
			        "value": "nein",
			      },
			    ],
			    "type": "actions",
			  },
			]
		`);
	});

	test("images and files go up as files", () => {
		const base64 = Buffer.from("x").toString("base64");
		const { posts, files } = render(
			[{ kind: "image", name: "a/b.png", mediaType: "image/png", base64, alt: "Kurve" }],
			"de",
		);
		expect(files).toEqual([{ name: "a_b.png", content: Buffer.from("x"), alt: "Kurve" }]);
		expect(posts.map((post) => post.text)).toEqual(["Kurve"]);
	});
});

describe("limits", () => {
	const rows = (count: number) => Array.from({ length: count }, (_, index) => [`${index}`, "x"]);

	test("a table of 250 rows becomes three, each with its head, each in a message of its own", () => {
		const { posts } = render([{ kind: "table", columns: ["A", "B"], rows: rows(250) }], "de");
		const sizes = posts.map((post) =>
			post.blocks.flatMap((block) => (block.type === "table" ? [block.rows.length] : [])),
		);
		expect(sizes).toEqual([[100], [100], [53]]);
	});

	test("what would take many messages becomes one and a file, with its buttons", () => {
		const parts = [
			...Array.from({ length: 100 }, (_, index) => text(`${index} ${"x".repeat(2000)}`)),
			actions({ label: "Weiter", line: "weiter" }),
		];
		const { posts, files } = render(parts, "de");
		expect(posts).toHaveLength(1);
		expect(posts[0]?.blocks.at(-1)?.type).toBe("actions");
		expect(files.map((file) => file.name)).toEqual(["antwort.txt"]);
		expect(files[0]?.content.toString()).toContain("99 xxx");
	});

	test("a line too long for a button makes none: cut off it could be another command", () => {
		expect(blocks(text("x"), actions({ label: "x", line: "y".repeat(2001) })).map((block) => block.type)).toEqual([
			"rich_text",
		]);
	});

	test("many buttons take several rows", () => {
		const many = Array.from({ length: 30 }, (_, index) => ({ label: `${index}`, line: `${index}` }));
		expect(blocks(actions(...many)).map((block) => (block.type === "actions" ? block.elements.length : 0))).toEqual([
			25, 5,
		]);
	});

	test("on the App Home a table is a list", () => {
		const home = render([{ kind: "table", columns: ["A", "B"], rows: rows(3) }], "de", "home");
		expect(home.posts[0]?.blocks.map((block) => block.type)).toEqual(["rich_text"]);
	});
});

/** All text of a message, which Slack limits together. */
function weight(value: unknown): number {
	if (typeof value !== "object" || value === null) return 0;
	return Object.entries(value).reduce(
		(sum, [name, inner]) => sum + (name === "text" && typeof inner === "string" ? inner.length : weight(inner)),
		0,
	);
}

const word = fc.oneof(
	fc.string({ unit: "binary" }),
	fc.constantFrom(
		"",
		"<!here>",
		"<@U0BOB00002>",
		"@channel",
		"a & b",
		"x".repeat(4000),
		"👩‍👩‍👧‍👧".repeat(400),
		"\ud800",
		"\n\n",
	),
);
const inline = fc.oneof(word, fc.record({ text: word, link: fc.oneof(fc.webUrl(), word), strong: fc.boolean() }));
const line: fc.Arbitrary<Line> = fc.oneof(inline, fc.array(inline, { maxLength: 5 }));
const part: fc.Arbitrary<Part> = fc.oneof(
	line.map(text),
	line.map(note),
	word.map(heading),
	fc
		.record({ items: fc.array(line, { maxLength: 40 }), ordered: fc.boolean() })
		.map(({ items, ordered }) => list(items, ordered)),
	fc
		.array(fc.record({ label: word, value: line }), { maxLength: 12 })
		.map((fields): Part => ({ kind: "fields", fields })),
	fc
		.record({
			columns: fc.array(word, { minLength: 1, maxLength: 22 }),
			rows: fc.array(fc.array(line, { maxLength: 22 }), { maxLength: 120 }),
		})
		.map((table): Part => ({ kind: "table", ...table })),
	fc.array(fc.record({ label: word, line: word }), { maxLength: 30 }).map((all) => actions(...all)),
);

test("whatever a reply holds, Slack takes it and nothing pings", () => {
	fc.assert(
		fc.property(
			fc.array(part, { maxLength: 8 }),
			fc.constantFrom("message" as const, "home" as const),
			(parts, surface) => {
				for (const post of render(parts, "de", surface).posts) {
					expect(validateBlocks(post.blocks, surface).errors).toEqual([]);
					if (surface === "message") expect(weight(post.blocks) + 125 * post.blocks.length).toBeLessThan(12_000);
					expect(post.text).not.toBe("");
					expect(post.text.length).toBeLessThanOrEqual(3900);
					expect(lintText(post.text)).toEqual([]);
					expect(post.text).not.toMatch(/<[!@#]/);
					// What the SDK's form encoder cannot take would throw.
					expect(() => encodeURIComponent(post.text + JSON.stringify(post.blocks))).not.toThrow();
				}
			},
		),
		{ numRuns: 150 },
	);
});
