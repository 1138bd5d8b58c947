package io.videottt.jobs.cli;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.io.storage.StorageLocation;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.Overrides;
import io.videottt.jobs.sweep.config.PresetFile;
import io.videottt.jobs.trial.Trial;
import io.videottt.jobs.trial.TrialRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Test-time training on a film of one's own. */
@Command(
    name = "try",
    description = {
      "Tries test-time training on a video of your own, which needs no annotation.",
      "The fixed model and online TTT-MAE predict it one after the other; then there is a video"
          + " of both beside the film, and a page that says what was run and what the numbers"
          + " mean. The same command goes on where it was stopped."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt try holiday.mp4",
      "  ./ttt try drive.mp4 --task semantic --from 10 --to 40 --every-seconds 0.2"
    })
public final class TryCommand implements Callable<Integer> {

  /** What rate and window of the shipped models were chosen to be (conf/chosen). */
  private static final Map<String, Object> CHOSEN = Map.of("learningRate", 3e-4, "window", 4);

  /** The data set whose classes the shipped model tells. */
  private static final String SHIPPED_CLASSES = "embedded";

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private CatalogOptions catalog;
  @Mixin private FilmOptions film;
  @Mixin private DeviceOption device;
  @Mixin private CheckpointOption checkpoints;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "VIDEO", description = "A video file; any Hadoop path.")
  private String video;

  @Option(
      names = "--task",
      defaultValue = "colorization",
      paramLabel = "TASK",
      description =
          "colorization, whose truth is the film's own colours, or semantic (default: "
              + "${DEFAULT-VALUE}).")
  private Task task;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model folder with a reconstruction decoder (default: the small one that is shipped for "
              + "the task, conf/models/demo-colorization/joint or conf/models/demo/joint, trained "
              + "on drawn street scenes).")
  private String model;

  @Option(
      names = "--classes",
      paramLabel = "DATASET",
      description =
          "Data set whose classes the model tells, for names and colours (semantic; default: the "
              + "model's own names).")
  private String classes;

  @Option(
      names = "--preset",
      defaultValue = "small",
      paramLabel = "NAME_OR_FILE",
      description =
          "Settings of test-time training (./ttt presets; default: ${DEFAULT-VALUE}, with the rate "
              + "and window that were chosen for the shipped models where one of these is used).")
  private String preset;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting over those of the preset, or threads; may be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--size",
      defaultValue = "96",
      paramLabel = "PIXELS",
      description =
          "Shorter side that the network works at, a multiple of 32; the other has the film's "
              + "aspect (default: ${DEFAULT-VALUE}, what the shipped models were trained at).")
  private int size;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Output folder, any Hadoop path (default: runs/try/VIDEO-TASK).")
  private String output;

  @Override
  public Integer call() {
    DeviceChoice.check(device.device());
    Configuration hadoop = HadoopSettings.standard();
    org.apache.hadoop.fs.Path source = StorageLocation.parse(video, "VIDEO");
    Path home = Path.of(System.getProperty("videottt.home", "."));
    boolean shipped = model == null;
    String folder =
        shipped
            ? home.resolve(
                    task == Task.SEMANTIC
                        ? "conf/models/demo/joint"
                        : "conf/models/demo-colorization/joint")
                .toString()
            : model;
    String target =
        output == null
            ? home.resolve("runs/try").resolve(source.getName() + "-" + task.id()).toString()
            : output;
    TrialRequest request =
        new TrialRequest(
            source,
            film.layout(),
            task,
            StorageLocation.parse(folder, "--model"),
            classes(shipped),
            described(shipped),
            settings(shipped),
            size,
            StorageLocation.parse(target, "--output"),
            device.device(),
            checkpoints.interval());
    new Trial(request, hadoop, spec.commandLine().getOut(), spec.commandLine().getErr()).run();
    return 0;
  }

  private List<ClassDefinition> classes(boolean shipped) {
    if (task != Task.SEMANTIC) {
      if (classes != null) {
        throw new InvalidInputException("--classes is for --task semantic");
      }
      return List.of();
    }
    Catalog known = catalog.open();
    if (classes != null) {
      return known.definition(classes).classes();
    }
    return shipped ? known.definition(SHIPPED_CLASSES).classes() : List.of();
  }

  private AdaptationSettings settings(boolean shipped) {
    AdaptationSettings settings = PresetFile.settings(preset, "--preset");
    if (shipped) {
      settings = settings.with(CHOSEN, "the shipped model's settings");
    }
    Overrides overrides = Overrides.parse(Map.of(), set);
    int threads = overrides.threads().orElse(Runtime.getRuntime().availableProcessors());
    return settings
        .with(new Candidate(overrides.settings()).nested(), "--set")
        .with(Map.of("threads", threads), "--set threads");
  }

  private String described(boolean shipped) {
    StringBuilder text = new StringBuilder(preset);
    if (shipped) {
      text.append(", with the rate and window chosen for the shipped model");
    }
    set.forEach((key, value) -> text.append(", %s=%s".formatted(key, value)));
    return text.toString();
  }
}
