import { errorMessage } from "../../system/error_message.ts";
import { dayOf, examineCertificate, readCertificate } from "../certificate.ts";
import type { ReachOptions } from "../options/access_options.ts";
import { type Finding, Findings } from "./finding.ts";

const DAY_MILLISECONDS = 86_400_000;
/** So long before its end a certificate should have been renewed. */
const SOON_DAYS = 14;
const RENEW = "renew the certificate: gifstream takes it as it comes";

/** The dates of the certificate, and whether the key is its own. */
export async function certificateCheck(
  { tls }: Pick<ReachOptions, "tls">,
): Promise<Finding[]> {
  const found = new Findings("certificate");
  if (tls === undefined) return [];
  const { certFile, keyFile } = tls;
  let examined: ReturnType<typeof examineCertificate>;
  try {
    examined = examineCertificate(await readCertificate(tls));
  } catch (error) {
    found.error(
      `${certFile} and ${keyFile} cannot be used: ${errorMessage(error)}`,
      "give --cert and --key files in PEM that this user may read",
    );
    return found.all;
  }
  const { from, to, isOwnKey } = examined;
  if (!isOwnKey) {
    found.error(
      `the key in ${keyFile} is not that of ${certFile}`,
      "give --key the key that the certificate was made for",
    );
  }
  const days = (to.getTime() - Date.now()) / DAY_MILLISECONDS;
  const dates = `${certFile} is for ${dayOf(from)} to ${dayOf(to)}`;
  if (from.getTime() > Date.now()) {
    found.error(`${dates}: not yet`, "set the clock, or wait");
  } else if (days < 0) found.error(`${dates}: it has ended`, RENEW);
  else if (days < SOON_DAYS) {
    found.warning(`${dates}: ${Math.floor(days)} days are left`, RENEW);
  } else found.ok(dates);
  return found.all;
}
