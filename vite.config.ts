// Builds what browsers load. Names are stable; Django's static files storage adds the hash.
import { copyFileSync, mkdirSync } from "node:fs";
import { defineConfig } from "vite";
import { iconSprite } from "./client/icons";

const OUT = "src/pilkades/apps/design/static/design/build";

export default defineConfig({
  publicDir: false,
  plugins: [
    iconSprite("src/pilkades"),
    {
      name: "pilkades-pictures",
      closeBundle() {
        mkdirSync(OUT, { recursive: true });
        for (const name of ["mark.svg", "person.svg"]) {
          copyFileSync(`client/design/${name}`, `${OUT}/${name}`);
        }
      },
    },
  ],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: ["es2020", "chrome88", "firefox78", "safari15"],
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        design: "client/design/design.ts",
        device: "client/device/device.ts",
        stations: "client/roll/stations.ts",
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
