/** The closed word lists of the network folder. Stored as written here, in the database as enum types of the same words. */

export const REGION_KINDS = ["land", "police_district", "district", "municipality"] as const;
export const ORGANISATION_KINDS = [
	"ministry",
	"government_office",
	"police",
	"federal_police",
	"customs",
	"judiciary",
	"armed_forces",
	"municipality",
	"district_authority",
	"fire_service",
	"civil_protection",
	"school",
	"hospital",
	"welfare",
	"victim_support",
	"counselling",
	"addiction_support",
	"prevention_council",
	"church",
	"association",
	"business",
	"other",
] as const;
export const TOPICS = [
	"victim_support",
	"prevention",
	"traffic_safety",
	"complaints",
	"extremism",
	"youth",
	"addiction",
	"school",
	"domestic_violence",
	"crisis",
	"training",
	"materials",
	"press",
	"funding",
	"coordination",
	"security_partnership",
] as const;
export const VISIBILITIES = ["public", "partners", "organisers"] as const;
export const NEEDS = [
	"psychosocial_care",
	"trauma_therapy",
	"legal_advice",
	"financial_aid",
	"shelter",
	"interpreting",
	"child_youth",
	"addiction",
	"medical",
	"pastoral_care",
	"victim_advocacy",
] as const;
export const AUDIENCES = [
	"women",
	"men",
	"children",
	"youth",
	"families",
	"seniors",
	"lgbtiq",
	"people_with_disabilities",
	"relatives",
	"witnesses",
	"responders",
] as const;
export const AGREEMENT_KINDS = [
	"cooperation_agreement",
	"joint_declaration",
	"security_partnership",
	"accession",
] as const;
export const COMMITMENT_KINDS = [
	"joint_event",
	"training",
	"conference",
	"exchange_meeting",
	"materials",
	"feedback",
	"coordination",
	"crisis_contact",
	"referral",
	"coaching",
	"security_analysis",
	"funding",
	"review",
	"council",
	"project",
] as const;
export const EVENT_KINDS = [
	"training",
	"exchange_meeting",
	"regional_conference",
	"council_session",
	"exercise",
	"prevention_event",
] as const;
export const EVENT_STATUSES = ["planned", "confirmed", "cancelled"] as const;
export const DECISION_STATUSES = ["open", "in_progress", "done", "revoked"] as const;
export const PROJECT_STATUSES = ["idea", "planned", "running", "done"] as const;
export const STAGES = ["advised", "cooperating", "council_constituted"] as const;
/** In rising order: who has a role may do what the lower ones may. */
export const ROLES = ["guest", "partner", "organiser", "admin"] as const;

export type RegionKind = (typeof REGION_KINDS)[number];
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];
export type Topic = (typeof TOPICS)[number];
export type Visibility = (typeof VISIBILITIES)[number];
export type Need = (typeof NEEDS)[number];
export type Audience = (typeof AUDIENCES)[number];
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];
export type CommitmentKind = (typeof COMMITMENT_KINDS)[number];
export type EventKind = (typeof EVENT_KINDS)[number];
export type EventStatus = (typeof EVENT_STATUSES)[number];
export type DecisionStatus = (typeof DECISION_STATUSES)[number];
export type ProjectStatus = (typeof PROJECT_STATUSES)[number];
export type Stage = (typeof STAGES)[number];
export type Role = (typeof ROLES)[number];
