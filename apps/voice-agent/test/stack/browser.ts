import { launchChromium } from "@sotto-internal/browser";

/** Headless Chromium whose microphone plays a WAV file once; it reaches nothing beyond this machine. */
export function startBrowser(microphoneFile: string): ReturnType<typeof launchChromium> {
  return launchChromium([
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-audio-capture=${microphoneFile}%noloop`,
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
  ]);
}
