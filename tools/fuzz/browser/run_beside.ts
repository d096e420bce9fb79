import type { runTrial } from "../in_process/run_trial.ts";
export const runBesideChromium: typeof runTrial = () => Promise.resolve("");
