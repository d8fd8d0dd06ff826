// matrix-bot-sdk loads `request` (deprecated, with advisories) and replaces it by whatever setRequestFn was given.
// Lotse gives it a function made on fetch before the first request, so being called is a programming error.
module.exports = () => {
	throw new Error("`request` is not part of Lotse: call setRequestFn before the first Matrix request");
};
