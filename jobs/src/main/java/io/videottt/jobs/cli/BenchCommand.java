package io.videottt.jobs.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.bench.BenchEnvironment;
import io.videottt.jobs.bench.StepBenchmark;
import io.videottt.jobs.runtime.DeviceChoice;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.jobs.runtime.ResidentMemory;
import io.videottt.jobs.runtime.WholeFile;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Precision;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the parts of an online step. */
@Command(
    name = "bench",
    description = {
      "Measures a model: milliseconds, median of repeated runs after warm-up.",
      "forward: h of f on one image; reconstruction_forward_backward: the loss of a batch and its"
          + " gradients; optimizer_step: AdamW on f and g; online_step: the three after one"
          + " another; checkpoint_write: f, g and AdamW's state to --scratch, as a unit's"
          + " checkpoints hold them; peak_memory_mb: highest resident size of the process;"
          + " online_step_waits and online_step_mb: how often the host waits for the device in an"
          + " online step, and what is copied to it (up) and from it (down). What else the numbers"
          + " depend on stands below them."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt bench --model conf/models/demo/joint --height 128 --width 256 --batch 8 \\",
      "      --threads 1 --json bench.json"
    })
public final class BenchCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private DeviceOption device;
  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "Model folder.")
  private String model;

  @Option(names = "--height", required = true, paramLabel = "H", description = "Rows of an image.")
  private int height;

  @Option(
      names = "--width",
      required = true,
      paramLabel = "W",
      description = "Columns of an image.")
  private int width;

  @Option(
      names = "--batch",
      defaultValue = "8",
      paramLabel = "B",
      description = "Images per reconstruction batch (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      description = "Computing threads (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      paramLabel = "P",
      description = "fp32, bf16 or fp16, as in settings (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--repetitions",
      defaultValue = "10",
      paramLabel = "N",
      description = "Measured runs (default: ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Where to write the measured checkpoints, any Hadoop path (default: the temporary"
              + " folder). A folder of its own in there is made and removed.")
  private String scratch = System.getProperty("java.io.tmpdir");

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the numbers there.")
  private String json;

  @Override
  public Integer call() throws IOException {
    DeviceChoice.check(device.device());
    requirePositive("--height", height, 1 << 14);
    requirePositive("--width", width, 1 << 14);
    requirePositive("--batch", batch, 1 << 12);
    requirePositive("--threads", threads, 1 << 10);
    requirePositive("--repetitions", repetitions, 1 << 20);
    // The engine reads this once, when it starts.
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    Configuration hadoop = HadoopSettings.standard();
    Optional<WholeFile> file = WholeFile.of(json, "--json", hadoop);
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, String> environment;
    try (SegmentationModel loaded =
        SegmentationModel.load(
            new org.apache.hadoop.fs.Path(model), hadoop, DeviceChoice.resolve(device.device()))) {
      numbers.putAll(measured(loaded, hadoop));
      environment = BenchEnvironment.of(loaded.manager().getDevice());
    }
    numbers.put("peak_memory_mb", ResidentMemory.peakMegabytes());
    var out = spec.commandLine().getOut();
    numbers.forEach((key, value) -> out.printf(Locale.ROOT, "%-32s %10.2f%n", key, value));
    environment.forEach((key, value) -> out.printf("%-32s %s%n", key, value));
    out.flush();
    if (file.isPresent()) {
      Map<String, Object> all = new LinkedHashMap<>(numbers);
      all.put("environment", environment);
      file.get()
          .write(
              JsonMapper.builder()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .build()
                  .writeValueAsString(all));
    }
    return 0;
  }

  private Map<String, Double> measured(SegmentationModel loaded, Configuration hadoop)
      throws IOException {
    var folder = new org.apache.hadoop.fs.Path(scratch, "bench-" + UUID.randomUUID());
    try {
      StepBenchmark benchmark =
          new StepBenchmark(loaded, height, width, batch, precision, repetitions, folder, hadoop);
      Map<String, Double> numbers = benchmark.milliseconds();
      numbers.putAll(benchmark.transfers());
      return numbers;
    } finally {
      Storage.of(folder, hadoop).delete(folder);
    }
  }

  private static void requirePositive(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new InvalidInputException("%s is %d, expected 1 to %d".formatted(option, value, most));
    }
  }
}
