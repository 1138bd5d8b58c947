package io.videottt.jobs.train;

import io.videottt.adaptation.training.TrainingListener;
import io.videottt.adaptation.training.Validation;
import io.videottt.jobs.runtime.ProgressLine;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a training's progress in one line, and its validations in lines that stay. */
public final class TrainingProgress implements TrainingListener {

  private final ProgressLine line;
  private final PrintWriter out;

  public TrainingProgress(ProgressLine line, PrintWriter out) {
    this.line = line;
    this.out = out;
  }

  @Override
  public void progress(Progress progress) {
    line.show(
        String.format(
            Locale.ROOT,
            "%s | iteration %d of %d%s%s | %.3f s/iteration | ETA of the phase %s",
            progress.phase(),
            progress.iteration(),
            progress.iterations(),
            loss("main loss", progress.mainLoss()),
            loss("reconstruction loss", progress.reconstructionLoss()),
            progress.secondsPerIteration(),
            ProgressLine.readable(progress.remaining().toMillis() / 1e3)));
  }

  private static String loss(String name, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, " | %s %.4f", name, value);
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
