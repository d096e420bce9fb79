import { createPrivateKey, X509Certificate } from "node:crypto";
import type { Certificate } from "../http/deno/deno_server.ts";
import { errorMessage } from "../system/error_message.ts";
import { watchFiles } from "./config/watch_files.ts";
import type { ReachOptions } from "./options/access_options.ts";
import type { Report } from "./output/report.ts";

/** Files of a certificate and its key. */
export type CertificateFiles = NonNullable<ReachOptions["tls"]>;

/** A certificate, or its key, that cannot be used. */
export class CertificateError extends Error {}

/**
 * Reads a certificate and its key.
 *
 * @throws {CertificateError} If a file cannot be read.
 */
export async function readCertificate(
  { certFile, keyFile }: CertificateFiles,
): Promise<Certificate> {
  const [cert, key] = await Promise.all(
    [certFile, keyFile].map(async (file) => {
      try {
        return await Deno.readTextFile(file);
      } catch (error) {
        throw new CertificateError(
          `Cannot read ${file}: ${errorMessage(error)}`,
        );
      }
    }),
  );
  return { cert, key };
}

/**
 * Looks into a certificate.
 *
 * @returns When it ends, and if the key is its own.
 * @throws {Error} If one of both is none.
 */
export function examineCertificate(
  { cert, key }: Certificate,
): { from: Date; to: Date; isOwnKey: boolean } {
  const certificate = new X509Certificate(cert);
  return {
    from: new Date(certificate.validFrom),
    to: new Date(certificate.validTo),
    isOwnKey: certificate.checkPrivateKey(createPrivateKey(key)),
  };
}

/** A day as in `2026-11-28`. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** A server that can be given another certificate. */
interface Server {
  renewCertificate?(tls: Certificate): void;
}

/** Gives a server its certificate anew each time its files change. */
export class CertificateRenewal {
  readonly #files: CertificateFiles;
  readonly #server: Server;
  readonly #report: Report;
  #served: Certificate;

  /**
   * Begins with what is served already.
   *
   * @param files The files of the certificate.
   * @param served What was in them.
   */
  constructor(
    files: CertificateFiles,
    served: Certificate,
    server: Server,
    report: Report,
  ) {
    this.#files = files;
    this.#served = served;
    this.#server = server;
    this.#report = report;
  }

  /** Looks at the files until it is told to stop. */
  async run(signal: AbortSignal): Promise<void> {
    const { certFile, keyFile } = this.#files;
    const onChange = () => void this.renew();
    await watchFiles([certFile, keyFile], onChange, signal);
  }

  /** Takes what the files have now; what cannot be used changes nothing. */
  async renew(): Promise<void> {
    const { certFile, keyFile } = this.#files;
    const about = this.#report.about({ kind: "server" });
    try {
      const certificate = await readCertificate(this.#files);
      const { cert, key } = this.#served;
      if (certificate.cert === cert && certificate.key === key) return;
      const { to, isOwnKey } = examineCertificate(certificate);
      if (!isOwnKey) {
        throw new Error(`the key in ${keyFile} is not that of ${certFile}`);
      }
      this.#served = certificate;
      this.#server.renewCertificate?.(certificate);
      this.#report.info(
        `Certificate read again: ${certFile}, until ${dayOf(to)}`,
      );
    } catch (error) {
      about.error(
        `Certificate not taken, the one before stays: ${errorMessage(error)}`,
      );
    }
  }
}
