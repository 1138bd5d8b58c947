package io.videottt.jobs.export;

import io.videottt.base.Count;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.UnitInventory;
import io.videottt.reports.table.FileName;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes training logs and the results of sweeps in the form that another program reads. */
public final class ExportJob {

  private final PrintWriter out;
  private final Configuration hadoop;
  private final List<SweepSource> sweeps = new ArrayList<>();
  private final List<String> sweepNames = new ArrayList<>();
  private final List<TrainingSource> trainings = new ArrayList<>();
  private final List<String> trainingNames = new ArrayList<>();
  private int leftOut;

  public ExportJob(PrintWriter out, Configuration hadoop) {
    this.out = out;
    this.hadoop = hadoop;
  }

  /**
   * Exports. The same folders give the same files every time; those of an earlier export that are
   * no longer among them are removed.
   *
   * @param sources output folders of sweeps or trainings
   * @param format who is to read it
   * @param output folder to write to: new, empty, or one that an export has written
   * @return whether everything was exported: files that cannot be used are named and left out
   * @throws InvalidInputException when a source has nothing to export, or the output is not to be
   *     written to; nothing was written then
   */
  public boolean run(List<String> sources, ExportFormat format, String output) throws IOException {
    Map<String, String> labels = labels(distinct(sources));
    labels.forEach((source, label) -> look(source, label, labels.size() > 1));
    try {
      ExportFolder folder = ExportFolder.open(output, format, hadoop);
      write(format, folder);
      folder.finish();
      out.printf(
          "%s of %s and %s written to %s%n",
          Count.of(folder.files(), "file"),
          Count.of(sweeps.size(), "results folder"),
          Count.of(trainings.size(), "training"),
          output);
      out.flush();
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read from or written to (%s); when that is mended, the same command does it"
              .formatted(output, FailureReason.of(e)),
          e);
    }
    return leftOut == 0;
  }

  /** A folder that is given twice, in other letters too, is one: the first stays. */
  private List<String> distinct(List<String> sources) {
    Map<Path, String> folders = new LinkedHashMap<>();
    for (String source : sources) {
      Path path = new Path(source);
      try {
        folders.putIfAbsent(path.getFileSystem(hadoop).makeQualified(normalised(path)), source);
      } catch (IOException e) {
        throw new InvalidInputException(
            "%s: cannot be read (%s)".formatted(source, FailureReason.of(e)), e);
      }
    }
    return List.copyOf(folders.values());
  }

  private static Path normalised(Path path) {
    return new Path(path.toUri().normalize());
  }

  /** A name for each folder: its own, with a number where several have the same. */
  private static Map<String, String> labels(List<String> sources) {
    Map<String, String> labels = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (String source : sources) {
      String own = FileName.of(new Path(source).getName());
      String label = own;
      for (int number = 2; !labels.containsKey(source) && !taken.add(label); number++) {
        label = own + "-" + number;
      }
      labels.putIfAbsent(source, label);
    }
    return labels;
  }

  /**
   * @param prefixed whether names of runs begin with the label, since there are other folders
   */
  private void look(String source, String label, boolean prefixed) {
    try {
      ResultsFolder results = new ResultsFolder(source, hadoop);
      boolean isSweep = results.hasMetrics();
      boolean isTraining = TrainingSource.isIn(source, hadoop);
      if (isSweep) {
        UnitInventory inventory = results.inventory();
        inventory.notes().forEach(out::println);
        leftOut += inventory.unusable().size();
        sweeps.add(new SweepSource(source, prefixed ? label + "/" : "", inventory, hadoop));
        sweepNames.add(source);
      }
      if (isTraining) {
        trainings.add(new TrainingSource(source, label, hadoop));
        trainingNames.add(source);
      }
      if (!isSweep && !isTraining) {
        throw new InvalidInputException(
            "%s: neither results of a sweep nor the log of a training there; give an output folder of one of both with --from"
                .formatted(source));
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s)".formatted(source, FailureReason.of(e)), e);
    }
  }

  private void write(ExportFormat format, ExportFolder folder) throws IOException {
    if (format == ExportFormat.CSV) {
      if (!sweeps.isEmpty()) {
        CsvExport.frames(sweeps, sweepNames, folder);
      }
      if (!trainings.isEmpty()) {
        CsvExport.trainings(trainings, trainingNames, folder);
      }
      return;
    }
    MlflowExport mlflow = new MlflowExport(folder);
    List<ExportSource> all = new ArrayList<>(sweeps);
    all.addAll(trainings);
    for (ExportSource source : all) {
      source.forEach(
          run -> {
            if (format == ExportFormat.MLFLOW) {
              mlflow.write(run);
            } else {
              TensorBoardExport.write(run, folder);
            }
          });
    }
  }
}
