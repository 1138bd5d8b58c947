package io.videottt.jobs.export;

import java.io.IOException;

/** A folder with numbers: the output of sweeps or of a training. */
interface ExportSource {

  /** Takes runs one after the other. */
  interface RunConsumer {
    void accept(ExportedRun run) throws IOException;
  }

  /** Gives all runs, in an order that is the same every time. */
  void forEach(RunConsumer consumer) throws IOException;
}
