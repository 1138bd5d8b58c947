package io.videottt.jobs;

import io.videottt.adaptation.TrainingListener;
import io.videottt.adaptation.Validation;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a training's progress in one line, and its validations in lines that stay. */
final class TrainingProgress implements TrainingListener {

  private final ProgressLine line;
  private final PrintWriter out;

  TrainingProgress(ProgressLine line, PrintWriter out) {
    this.line = line;
    this.out = out;
  }

  @Override
  public void progress(Progress progress) {
    String reconstruction =
        Double.isNaN(progress.reconstructionLoss())
            ? ""
            : String.format(
                Locale.ROOT, " | reconstruction loss %.4f", progress.reconstructionLoss());
    line.show(
        String.format(
            Locale.ROOT,
            "%s | iteration %d of %d | main loss %.4f%s | %.3f s/iteration | ETA of the phase %s",
            progress.phase(),
            progress.iteration(),
            progress.iterations(),
            progress.mainLoss(),
            reconstruction,
            progress.secondsPerIteration(),
            ProgressLine.readable(progress.remaining().toMillis() / 1e3)));
  }

  @Override
  public void validated(String phase, int iteration, Validation validation) {
    line.end();
    out.printf("%s | iteration %d | validation %s%n", phase, iteration, validation.summary());
    out.flush();
  }

  @Override
  public void notice(String text) {
    line.end();
    out.println(text);
    out.flush();
  }

  @Override
  public void checkpoint(String phase, int iteration, boolean resumed) {
    if (resumed) {
      line.end();
      out.printf("%s | goes on from the checkpoint at iteration %d%n", phase, iteration);
      out.flush();
    }
  }
}
