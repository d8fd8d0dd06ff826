import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** As dialled: 110, 112, 115, 116117, the 118 and 19 numbers. */
const SHORT = /^(11[0-9]|116\d{3}|118\d{2,3}|19\d{3})$/;

/** Any German or E.164 spelling → E.164, or a short number as dialled; null = no phone number. */
export function readPhone(text: string): string | null {
	const digits = text.replaceAll(/[\s/.-]/g, "");
	if (SHORT.test(digits)) return digits;
	const number = parsePhoneNumberFromString(text, { defaultCountry: "DE", extract: false });
	// An extension in words would be lost in E.164.
	if (number === undefined || number.ext !== undefined || !number.isPossible()) return null;
	// A short number with a country code (+49110) is as good as the short number, and no E.164 number.
	return SHORT.test(number.nationalNumber) && number.countryCallingCode === "49"
		? number.nationalNumber
		: number.number;
}
