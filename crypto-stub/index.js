// matrix-bot-sdk imports the native package on load although Lotse never uses it, and that package
// downloads a library when it is installed. Any named use of this stand-in is a programming error.
module.exports = new Proxy(
	{},
	{
		get(_target, name) {
			if (typeof name === "symbol" || ["__esModule", "then", "default"].includes(name)) return undefined;
			throw new Error(`the native Matrix crypto package is not part of Lotse (asked for "${String(name)}")`);
		},
	},
);
