/**
 * A certificate of our own, for tests of HTTPS.
 *
 * @module
 */

/** Files of a certificate and its private key. */
export interface CertificateFiles {
  cert: string;
  key: string;
}

/**
 * Makes a certificate by openssl.
 *
 * @param folder Where its files are put.
 * @param address The address that it is for.
 */
export async function makeCertificate(
  folder: string,
  address: string,
): Promise<CertificateFiles> {
  const cert = `${folder}/cert.pem`, key = `${folder}/key.pem`;
  const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 " +
    "-nodes -days 2 -subj /CN=localhost " +
    "-addext basicConstraints=critical,CA:FALSE " +
    `-addext subjectAltName=IP:${address}`;
  const { success, stderr } = await new Deno.Command("openssl", {
    args: [...request.split(" "), "-keyout", key, "-out", cert],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return { cert, key };
}
