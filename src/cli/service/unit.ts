/** Options of {@linkcode unitText}. */
export interface UnitOptions {
  /** The program and its arguments. */
  command: readonly string[];
  /** The folder to run it in; undefined: the root folder. */
  workingFolder?: string;
  /** The name of its folders below /run and /var/cache. */
  name: string;
  /** True if Deno loads the program, and needs a folder for its modules. */
  isLoaded: boolean;
}

/** The user that systemd makes; one of this name must not be there. */
const SERVICE_USER = "gifstreamd";
/** The group that may read the files of the configuration. */
export const SERVICE_GROUP = "gifstream";

/**
 * The text of a unit of systemd's that keeps the program running: hardened, as
 * a user that is made for it, watched, and started again whatever ends it, but
 * for a wrong command line.
 */
export function unitText(options: UnitOptions): string {
  const { command, workingFolder, name, isLoaded } = options;
  const lines = [
    ...workingFolder === undefined
      ? []
      : [`WorkingDirectory=${specifiers(workingFolder)}`],
    ...isLoaded
      ? [
        `CacheDirectory=${name}`,
        `Environment=DENO_DIR=/var/cache/${name} DENO_NO_UPDATE_CHECK=1`,
      ]
      : [],
  ];
  return `[Unit]
Description=gifstream: live video in a plain <img> tag
Documentation=https://jsr.io/@x/gifstream
Wants=network-online.target
After=network-online.target
# It is tried again for ever: a camera or a disk may be away for days.
StartLimitIntervalSec=0

[Service]
Type=notify
ExecStart=${command.map(quoted).join(" ")}
ExecReload=/bin/kill -HUP $MAINPID
SyslogIdentifier=gifstream
${lines.map((line) => `${line}\n`).join("")}\
# Secrets, as GIFSTREAM_VIEWER_TOKEN=...: only root has to read them.
EnvironmentFile=-/etc/gifstream/environment
Restart=always
RestartSec=2
# The command line or its file is wrong: that has to be read in the log.
RestartPreventExitStatus=2
# The thread that serves gives a sign of life; if it does not, it is started
# again.
WatchdogSec=30
TimeoutStartSec=300
# Viewers get the end of their GIF within 5 seconds.
TimeoutStopSec=10
# ffmpeg is told by gifstream, and killed with it.
KillMode=mixed
LimitNOFILE=65536

# A user that is there only while this runs, and owns nothing.
DynamicUser=yes
User=${SERVICE_USER}
# Cameras (/dev/video0), and the files of /etc/gifstream.
SupplementaryGroups=video ${SERVICE_GROUP}
RuntimeDirectory=${name}
UMask=0027

# What it does not need. It sees no home folders, and not the machine's /tmp.
# To have frames removed (--delete-after): ReadWritePaths=/srv/frames
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
DevicePolicy=closed
DeviceAllow=char-video4linux rw
DeviceAllow=char-drm rw
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
}

/** A word of a command line, as systemd reads it. */
function quoted(word: string): string {
  const text = specifiers(word).replaceAll("$", "$$$$");
  if (/^[\w@%+=:,./$-]+$/.test(text)) return text;
  const escaped = text.replaceAll(/["\\]/g, "\\$&")
    .replaceAll("\n", "\\n");
  return `"${escaped}"`;
}

function specifiers(text: string): string {
  return text.replaceAll("%", "%%");
}
