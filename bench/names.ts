/** Names that a made-up federal state is put together from: real places of Saxony, villages as they are called there, people that do not exist. */

const list = (text: string): string[] => text.trim().split(/\s*[,\n]\s*/u);

/** Police district → districts and free cities → towns. The first of a district is its seat. */
export const LAND: Record<string, Record<string, string[]>> = {
	Chemnitz: {
		Chemnitz: [],
		Erzgebirgskreis: list(
			"Annaberg-Buchholz, Aue-Bad Schlema, Marienberg, Schwarzenberg, Stollberg, Zschopau, Olbernhau, Thalheim, Lößnitz, Schneeberg, Eibenstock, Geyer, Oelsnitz, Lugau, Zwönitz",
		),
		"Landkreis Mittelsachsen": list(
			"Freiberg, Döbeln, Mittweida, Flöha, Rochlitz, Hainichen, Brand-Erbisdorf, Roßwein, Waldheim, Hartha, Burgstädt, Penig, Frankenberg, Leisnig, Augustusburg",
		),
	},
	Dresden: {
		Dresden: [],
		"Landkreis Meißen": list(
			"Meißen, Riesa, Radebeul, Coswig, Großenhain, Weinböhla, Nossen, Lommatzsch, Radeburg, Gröditz, Strehla",
		),
		"Landkreis Sächsische Schweiz-Osterzgebirge": list(
			"Pirna, Dippoldiswalde, Freital, Heidenau, Sebnitz, Altenberg, Neustadt, Königstein, Bad Schandau, Glashütte, Wilsdruff, Tharandt, Rabenau, Stolpen",
		),
	},
	Görlitz: {
		"Landkreis Görlitz": list(
			"Görlitz, Zittau, Weißwasser, Löbau, Niesky, Ebersbach, Seifhennersdorf, Bernstadt, Herrnhut, Rothenburg, Reichenbach, Ostritz",
		),
		"Landkreis Bautzen": list(
			"Bautzen, Hoyerswerda, Lohsa, Kamenz, Radeberg, Bischofswerda, Wilthen, Großröhrsdorf, Pulsnitz, Königsbrück, Elstra, Bernsdorf, Lauta, Wittichenau",
		),
	},
	Leipzig: {
		Leipzig: [],
		"Landkreis Leipzig": list(
			"Borna, Grimma, Markkleeberg, Wurzen, Naunhof, Markranstädt, Zwenkau, Böhlen, Frohburg, Geithain, Colditz, Brandis, Pegau, Groitzsch, Bad Lausick, Trebsen",
		),
		"Landkreis Nordsachsen": list(
			"Torgau, Delitzsch, Eilenburg, Oschatz, Schkeuditz, Taucha, Bad Düben, Belgern, Dahlen, Dommitzsch, Mügeln",
		),
	},
	Zwickau: {
		"Landkreis Zwickau": list(
			"Zwickau, Glauchau, Limbach-Oberfrohna, Werdau, Crimmitschau, Meerane, Hohenstein-Ernstthal, Wilkau-Haßlau, Kirchberg, Lichtenstein, Waldenburg, Oberlungwitz",
		),
		Vogtlandkreis: list(
			"Plauen, Auerbach, Rodewisch, Klingenthal, Markneukirchen, Oelsnitz im Vogtland, Adorf, Treuen, Lengenfeld, Falkenstein, Mylau, Netzschkau",
		),
	},
};

const BEFORE = list("Ober, Nieder, Groß, Klein, Alt, Neu, Mittel, Lang, Kalt, Schön");
const STEMS = list(
	"Als, Bär, Bern, Burk, Cun, Dör, Ebers, Eich, Erl, Falken, Fried, Gers, Gott, Grün, Hart, Heins, Hen, Herms, Jahns, Kauf, Kott, Lau, Leub, Linden, Lüp, Mark, Mohl, Nauen, Ott, Pauls, Peters, Reins, Rein, Rosen, Rüd, Sachs, Schell, Schmied, Seifers, Steins, Thier, Ull, Wald, Weid, Wein, Wern, Wiesen, Wolfs, Zieg, Zschor",
);
const ENDS = list("dorf, hain, bach, walde, berg, au, stein, hausen, roda, leben, feld, itz");

/** The name of the village at this place: no two are alike before the six-thousandth. */
export function village(at: number): string {
	const stem = STEMS[at % STEMS.length] ?? "";
	const end = ENDS[Math.floor(at / STEMS.length) % ENDS.length] ?? "";
	const before = BEFORE[Math.floor(at / (STEMS.length * ENDS.length))];
	return before === undefined ? `${stem}${end}` : `${before}${stem.toLowerCase()}${end}`;
}

export const FIRST_NAMES = list(
	"Anna, Bernd, Clara, Dieter, Elif, Frank, Greta, Hans, Ines, Jan, Karin, Lars, Mona, Nils, Olga, Paul, Rita, Sven, Tanja, Uwe, Vera, Wolfgang, Ayşe, Björn, Carmen, Daniela, Erik, Friederike, Gül, Heike, Ivan, Jörg, Katrin, Lutz, Mandy, Norbert, Ömer, Petra, Ronny, Silke, Torsten, Ute, Volker, Yvonne, Zoë, Matthias, Nadine, Holger",
);
export const LAST_NAMES = list(
	"Ackermann, Albrecht, Bähr, Bauer, Becker, Böhme, Brandt, Busch, Demir, Dietrich, Engel, Fichtner, Förster, Franke, Friedrich, Fuchs, Geißler, Graf, Günther, Haase, Hartmann, Heinrich, Hempel, Hoffmann, Horn, Jäger, Jahn, Kaiser, Keller, Klein, Köhler, Krause, Krüger, Kühn, Lang, Lehmann, Lindner, Lorenz, Ludwig, Maier, Martin, Mehnert, Meißner, Meyer, Möller, Müller, Naumann, Nowak, Otto, Petzold, Pfeifer, Pohl, Richter, Riedel, Ritter, Röder, Sachse, Sauer, Schäfer, Schilling, Schmidt, Schneider, Scholz, Schreiber, Schröder, Schubert, Schulze, Schumann, Schwarz, Seidel, Seifert, Simon, Sommer, Stein, Thiele, Tran, Uhlig, Vogel, Voigt, Wagner, Walther, Weber, Weigel, Weiß, Werner, Winkler, Winter, Wolf, Yilmaz, Zeidler, Ziegler, Zimmermann",
);
export const STREETS = list(
	"Hauptstraße, Bahnhofstraße, Schulstraße, Dorfstraße, Markt, Am Anger, Lindenallee, Gartenweg, Kirchplatz, Bergstraße, Ringstraße, Rathausplatz",
);
