package io.videottt.jobs.bench;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.results.ExecutionSite;
import io.videottt.jobs.results.MetricsFile;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.jobs.sweep.plan.Adaptation;
import io.videottt.jobs.sweep.plan.ResultVersion;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Results that nobody measured, as many as asked for, to time reports on: every method that can do
 * the task, on videos of the same length but the last, written as a sweep writes them.
 */
public final class GeneratedResults {

  private static final String DATASET = "generated";
  private static final String RUN = "run-generated";
  private static final int CLASSES = GeneratedScores.CLASSES;

  private final ResultsFolder results;
  private final Configuration hadoop;
  private final Task task;
  private final int framesPerVideo;

  /**
   * @param folder output folder
   * @param task whose metric the rows hold
   * @param framesPerVideo rows of a file, at least 1
   */
  public GeneratedResults(String folder, Configuration hadoop, Task task, int framesPerVideo) {
    this.results = new ResultsFolder(folder, hadoop);
    this.hadoop = hadoop;
    this.task = task;
    this.framesPerVideo = framesPerVideo;
  }

  /**
   * Writes the units that are not there yet, in parallel.
   *
   * @param rows of all units together; rounded down to a multiple of the methods
   * @return the number of rows
   * @throws InvalidInputException when the folder holds other results or cannot be written to
   */
  public long write(long rows) throws IOException {
    List<Method> methods = Methods.all().stream().filter(method -> method.supports(task)).toList();
    long frames = rows / methods.size();
    int videos = Math.toIntExact((frames + framesPerVideo - 1) / framesPerVideo);
    List<Unit> units = new ArrayList<>();
    for (int video = 0; video < videos; video++) {
      int length = (int) Math.min(framesPerVideo, frames - (long) video * framesPerVideo);
      for (Method method : methods) {
        units.add(unit(video, length, method));
      }
    }
    List<String> known = units.stream().map(Unit::id).toList();
    if (!known.containsAll(results.inventory().units())) {
      throw new InvalidInputException(
          "%s: holds other results; choose an empty folder".formatted(results.root()));
    }
    results.commitDataSet(StoredDataSet.untitled(DATASET, "Generated", 10, names()), RUN);
    IntStream.range(0, units.size()).parallel().forEach(place -> write(units.get(place)));
    results.removeTemporary(RUN);
    return frames * methods.size();
  }

  private Unit unit(int video, int frames, Method method) {
    return new Unit(
        new Adaptation(
            DATASET,
            "test",
            "%05d".formatted(video),
            frames,
            method,
            "",
            AdaptationSettings.released(),
            0,
            "generated",
            null,
            "none",
            "0",
            "",
            ResultVersion.COMPUTED),
        task);
  }

  private static List<String> names() {
    return IntStream.range(0, CLASSES).mapToObj(id -> "class " + id).toList();
  }

  private static List<ClassDefinition> classes() {
    return IntStream.range(0, CLASSES)
        .mapToObj(id -> new ClassDefinition(id, "class " + id, id >= 11, "#000000", null))
        .toList();
  }

  private void write(Unit unit) {
    try {
      if (results.isFinished(unit)) {
        return;
      }
      ExecutionSite site = new ExecutionSite("generated", "none");
      // The video's own draws: methods differ in their quality only, as on real frames.
      GeneratedScores scores =
          new GeneratedScores(
              Methods.all().indexOf(unit.method()),
              new SplittableRandom(unit.adaptation().randomSeed()));
      try (MetricsFile file = new MetricsFile(unit, classes(), site, results, RUN, hadoop)) {
        for (int index = 0; index < unit.frames(); index++) {
          file.write(frame(index, scores.next(unit.task())));
        }
        file.commit();
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written to (%s)".formatted(results.root(), FailureMessages.describe(e)),
          e);
    }
  }

  private static FrameResult frame(int index, FrameScore score) {
    return new FrameResult(
        index,
        "%06d".formatted(index),
        score.task(),
        true,
        Optional.of(score),
        0.5,
        0.4,
        2,
        0.01,
        0.25,
        0.125,
        0.001);
  }
}
