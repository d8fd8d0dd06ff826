/** What the bot can do. Adding a command: its file, and one line here. The order is that of help. */
import type { Command } from "../src/bot/command.ts";
import { agreement } from "./agreement.ts";
import { ask } from "./ask.ts";
import { channelBind } from "./channel-bind.ts";
import { channelShow } from "./channel-show.ts";
import { channelUnbind } from "./channel-unbind.ts";
import { contact } from "./contact.ts";
import { decisionAmend } from "./decision-amend.ts";
import { decisionList } from "./decision-list.ts";
import { decisionNew } from "./decision-new.ts";
import { decisionShow } from "./decision-show.ts";
import { decisionStatus } from "./decision-status.ts";
import { decisionUndo } from "./decision-undo.ts";
import { diagnose } from "./diagnose.ts";
import { eventCancel } from "./event-cancel.ts";
import { eventChange } from "./event-change.ts";
import { eventList } from "./event-list.ts";
import { eventNew } from "./event-new.ts";
import { eventShow } from "./event-show.ts";
import { exportFile } from "./export.ts";
import { figures } from "./figures.ts";
import { help } from "./help.ts";
import { importFiles } from "./import.ts";
import { importConfirm } from "./import-confirm.ts";
import { importDiscard } from "./import-discard.ts";
import { language } from "./language.ts";
import { material } from "./material.ts";
import { organisation } from "./organisation.ts";
import { programme } from "./programme.ts";
import { project } from "./project.ts";
import { reminders } from "./reminders.ts";
import { roleGive } from "./role-give.ts";
import { roleList } from "./role-list.ts";
import { roleTake } from "./role-take.ts";
import { service } from "./service.ts";
import { whoami } from "./whoami.ts";

export const commands: readonly Command[] = [
	help,
	ask,
	contact,
	organisation,
	service,
	agreement,
	project,
	programme,
	material,
	figures,
	eventList,
	eventShow,
	eventNew,
	eventChange,
	eventCancel,
	decisionNew,
	decisionAmend,
	decisionUndo,
	decisionList,
	decisionShow,
	decisionStatus,
	channelBind,
	channelShow,
	channelUnbind,
	reminders,
	importFiles,
	importConfirm,
	importDiscard,
	exportFile,
	roleList,
	roleGive,
	roleTake,
	diagnose,
	whoami,
	language,
];
