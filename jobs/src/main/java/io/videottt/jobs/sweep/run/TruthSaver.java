package io.videottt.jobs.sweep.run;

import io.videottt.base.Task;
import io.videottt.catalog.DataSet;
import io.videottt.jobs.drawing.PredictedClasses;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.SavedPredictions;
import io.videottt.jobs.results.SavedPredictions.VideoTask;
import io.videottt.jobs.saved.TruthFolder;
import io.videottt.jobs.sweep.plan.SweepContext;
import io.videottt.jobs.sweep.plan.VideoWork;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Keeps the ground truth of videos beside the predictions of their units, in the same formats and
 * with the same ids. Of colorization it is the video itself, which is not kept again.
 */
final class TruthSaver {

  private final ResultsFolder results;
  private final SweepContext run;
  private final Configuration hadoop;

  TruthSaver(ResultsFolder results, SweepContext run, Configuration hadoop) {
    this.results = results;
    this.run = run;
    this.hadoop = hadoop;
  }

  /**
   * Writes the truth of a video for some tasks, unless it is there.
   *
   * @param data id of the video's data
   * @throws io.videottt.base.InvalidInputException when a frame is broken, which fails the units as
   *     well
   * @throws IOException when it cannot be written
   */
  void save(VideoWork work, Set<Task> tasks, PredictedClasses classes, String data)
      throws IOException {
    SavedPredictions saved = new SavedPredictions(results, hadoop);
    for (Task task : tasks) {
      saved.keepTruth(
          new VideoTask(work.dataset().name(), work.split(), task, work.video()),
          run.save(),
          data,
          folder ->
              new TruthFolder(folder, saved.temporary(run.id()), classes, hadoop)
                  .write(
                      DataSet.of(work.dataset(), hadoop)
                          .video(work.split(), work.video(), Set.of(task)),
                      task),
          run.id());
    }
  }
}
