export interface Lab {
	base_url: string;
	synapse_url: string;
	control_url: string;
	server_name: string;
	bot: { user_id: string; access_token: string; device_id: string; password: string };
	close(): Promise<void>;
}
/** Options as in README.md: `rateLimits`, `encryption`, `data`, … */
export function start(options?: Record<string, unknown>): Promise<Lab>;
