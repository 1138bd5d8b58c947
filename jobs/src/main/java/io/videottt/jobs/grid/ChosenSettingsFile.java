package io.videottt.jobs.grid;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.base.Version;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.io.config.Overlay;
import io.videottt.io.storage.Storage;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.config.SweepConfiguration;
import io.videottt.jobs.sweep.config.SweepRequest;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.reports.Difference;
import io.videottt.reports.Measurement;
import io.videottt.reports.ranking.RankedCandidate;
import io.videottt.reports.ranking.Ranking;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes what a grid has chosen: a sweep file of the same data and models, and a file of the chosen
 * settings alone, which sweeps of other data extend. The first line of each holds a hash of the
 * others, so that a file that somebody has changed is recognised, and stays.
 *
 * @param request the grid file and where the data are
 * @param grid its content
 * @param output results folder, in which the file is written
 * @param plan all units of the grid
 * @param hadoop how to reach the folder
 */
record ChosenSettingsFile(
    SweepRequest request, GridFile grid, String output, SweepPlan plan, Configuration hadoop) {

  private static final String SWEEP = "chosen";
  private static final String SETTINGS = "chosen-settings";
  private static final String RESULTS = "results";
  private static final String HASH = "# unchanged while the rest has the hash ";
  private static final String SWEEP_USE =
      """
      #   ./ttt sweep --config FILE --output DIR      runs it and the fixed model once more
      # In another sweep, its settings over others' data or methods:
      #   extends: [FILE, OTHER]                      keys of OTHER in place of these
      """;
  private static final String SETTINGS_USE =
      """
      # Sweeps that extend this file use the settings, and tables say where theirs are others.
      """;
  private static final int LARGEST = 1 << 20;
  private static final int MOST_FILES = 1000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS))
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  /**
   * The files that were written.
   *
   * @param sweep the sweep file
   * @param settings the chosen settings alone; empty where several methods have settings of their
   *     own
   */
  record Files(String sweep, Optional<String> settings) {}

  /**
   * Writes the best setting of every method.
   *
   * @param rankings of all tasks
   * @return empty when no method has a best setting
   */
  Optional<Files> write(List<Ranking> rankings) throws IOException {
    Map<Method, Ranking> chosen = new LinkedHashMap<>();
    for (Ranking ranking : rankings) {
      if (ranking.set().task() == grid.task() && ranking.best().isPresent()) {
        chosen.put(method(ranking), ranking);
      }
    }
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    String sweep = write(SWEEP, comments(chosen) + SWEEP_USE + yaml(sweep(chosen)));
    if (chosen.size() > 1) {
      return Optional.of(new Files(sweep, Optional.empty()));
    }
    String settings = comments(chosen) + SETTINGS_USE + yaml(settings(chosen));
    return Optional.of(new Files(sweep, Optional.of(write(SETTINGS, settings))));
  }

  private String write(String name, String text) throws IOException {
    byte[] bytes = (HASH + Sha256.id(text) + "\n" + text).getBytes(StandardCharsets.UTF_8);
    Storage storage = Storage.of(new Path(output), hadoop);
    Path file = free(storage, name);
    storage.write(file, stream -> stream.write(bytes));
    return file.toString();
  }

  private Method method(Ranking ranking) {
    return grid.base().methods().stream()
        .map(choice -> Methods.parse(choice.method(), grid.source()))
        .filter(method -> method.title().equals(ranking.method()))
        .findFirst()
        .orElseThrow();
  }

  /** The first name that is not taken by a file that somebody has changed. */
  private Path free(Storage storage, String name) throws IOException {
    for (int number = 1; number <= MOST_FILES; number++) {
      Path file = new Path(output, name + (number == 1 ? "" : "-" + number) + ".yaml");
      if (!storage.exists(file) || isUnchanged(storage.read(file, LARGEST))) {
        return file;
      }
    }
    throw new IOException("%s holds too many changed files".formatted(output));
  }

  private static boolean isUnchanged(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    return end >= 0 && text.substring(0, end).equals(HASH + Sha256.id(text.substring(end + 1)));
  }

  private String comments(Map<Method, Ranking> chosen) {
    StringBuilder text = new StringBuilder();
    chosen.forEach(
        (method, ranking) ->
            text.append(
                "# %s: %s, the best of %d settings\n"
                    .formatted(
                        method.title(),
                        ranking.best().orElseThrow().label(),
                        grid.settings().size())));
    return text.append(
            """
# by the metric below over all videos, of equal ones the smaller. Being the best of several by
# chance, too, it will gain less on other videos.
""")
        .toString();
  }

  private static String yaml(Map<String, Object> keys) {
    try {
      return MAPPER.writeValueAsString(plain(keys));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values is always YAML", e);
    }
  }

  /** Of the only method, and nothing that is about this machine or these data. */
  private Map<String, Object> settings(Map<Method, Ranking> chosen) {
    Map<String, Object> keys = new LinkedHashMap<>();
    Map<String, Object> provenance = provenance(chosen);
    provenance.remove(RESULTS);
    keys.put("provenance", provenance);
    keys.put("settings", best(chosen.values().iterator().next()).nested());
    return keys;
  }

  private Map<String, Object> sweep(Map<Method, Ranking> chosen) {
    SweepConfiguration base = grid.base();
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("provenance", provenance(chosen));
    keys.put("datasets", base.datasets().stream().map(ChosenSettingsFile::dataset).toList());
    keys.put("tasks", base.tasks().stream().map(Task::id).toList());
    keys.put("models", base.models().stream().map(ChosenSettingsFile::model).toList());
    List<Object> methods = new ArrayList<>();
    methods.add(Map.of("method", Methods.MAE_JOINT_TRAINING.id()));
    Map<String, Object> settings = base.settings();
    String preset = base.preset();
    boolean only = chosen.size() == 1;
    for (SweepConfiguration.MethodChoice choice : base.methods()) {
      Ranking ranking = chosen.get(Methods.parse(choice.method(), grid.source()));
      if (ranking != null) {
        Map<String, Object> own = Overlay.of(choice.settings(), best(ranking).nested());
        Map<String, Object> method = new LinkedHashMap<>();
        method.put("method", choice.method());
        if (only) {
          // For all methods of a sweep that takes these keys over.
          settings = Overlay.of(settings, own);
          preset = choice.preset() == null ? preset : choice.preset();
        } else {
          putIfPresent(method, "preset", choice.preset());
          method.put("settings", own);
        }
        methods.add(method);
      }
    }
    keys.put("preset", preset);
    keys.put("settings", settings);
    keys.put("methods", methods);
    if (base.trainingImages() != null) {
      SweepConfiguration.TrainingImages images = base.trainingImages();
      Map<String, Object> training = new LinkedHashMap<>();
      training.put("dataset", images.dataset());
      training.put("split", images.split());
      putIfPresent(training, "root", images.root());
      keys.put("trainingImages", training);
    }
    keys.put("seeds", base.seeds());
    keys.put("threads", base.threads());
    return keys;
  }

  private Candidate best(Ranking ranking) {
    RankedCandidate best = ranking.best().orElseThrow();
    return new Candidate(best.values());
  }

  private Map<String, Object> provenance(Map<Method, Ranking> chosen) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("grid", gridFile());
    keys.put("gridHash", Sha256.id(new ConfigurationFile(request.config()).text()));
    keys.put(RESULTS, output);
    SweepConfiguration.DataSetChoice data = grid.base().datasets().get(0);
    keys.put("data", data.name() + " " + data.splits().get(0));
    keys.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    keys.put("version", Version.number());
    keys.put("commit", Version.commit());
    TreeSet<Integer> versions = new TreeSet<>();
    TreeSet<String> weights = new TreeSet<>();
    plan.units().stream()
        .filter(unit -> unit.task() == grid.task())
        .forEach(
            unit -> {
              versions.add(unit.adaptation().resultVersion());
              weights.add(unit.adaptation().modelFingerprint());
            });
    keys.put("resultVersions", List.copyOf(versions));
    keys.put("modelFingerprints", List.copyOf(weights));
    keys.put("settingsTried", grid.settings().size());
    if (grid.halving() != null) {
      keys.put("pruning", grid.halving().describe());
    }
    keys.put(
        "metric",
        "%s %s, %s"
            .formatted(grid.task().metric(), grid.protocol().title(), grid.task().unit().title()));
    Map<String, Object> results = new LinkedHashMap<>();
    chosen.forEach((method, ranking) -> results.put(method.id(), result(ranking)));
    keys.put("chosen", results);
    return keys;
  }

  /** Relative to the repository where it is in it, which may lie elsewhere for somebody else. */
  private String gridFile() {
    java.nio.file.Path file = request.config().toAbsolutePath().normalize();
    java.nio.file.Path home =
        java.nio.file.Path.of(System.getProperty("videottt.home", "."))
            .toAbsolutePath()
            .normalize();
    return (file.startsWith(home) ? home.relativize(file) : file).toString();
  }

  private Map<String, Object> result(Ranking ranking) {
    RankedCandidate best = ranking.best().orElseThrow();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("setting", best.label());
    result.put("settings", new Candidate(best.values()).nested());
    Measurement measured = best.measured().orElseThrow();
    result.put("value", rounded(measured.value(grid.protocol())));
    result.put("videos", best.videos());
    Optional<Difference> difference = measured.difference();
    if (difference.isPresent()) {
      Difference d = difference.get();
      result.put("differenceToFixed", rounded(d.estimate()));
      if (d.sameVideos().exists()) {
        result.put(
            "interval", List.of(rounded(d.sameVideos().lower()), rounded(d.sameVideos().upper())));
      }
    }
    return result;
  }

  private static BigDecimal rounded(double percent) {
    return new BigDecimal(String.format(Locale.ROOT, "%.2f", percent));
  }

  private static Map<String, Object> dataset(SweepConfiguration.DataSetChoice choice) {
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("name", choice.name());
    dataset.put("splits", choice.splits());
    if (!choice.videos().isEmpty()) {
      dataset.put("videos", choice.videos());
    }
    putIfPresent(dataset, "root", choice.root());
    return dataset;
  }

  private static Map<String, Object> model(SweepConfiguration.ModelChoice choice) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("label", choice.label());
    putIfPresent(model, "joint", choice.joint());
    putIfPresent(model, "mainTaskOnly", choice.mainTaskOnly());
    if (!choice.tasks().isEmpty()) {
      model.put("tasks", choice.tasks().stream().map(Task::id).toList());
    }
    putIfPresent(model, "trainingSeed", choice.trainingSeed());
    return model;
  }

  private static void putIfPresent(Map<String, Object> keys, String key, Object value) {
    if (value != null) {
      keys.put(key, value);
    }
  }

  /** The same with numbers that YAML's readers take for numbers whatever their size. */
  private static Object plain(Object value) {
    if (value instanceof Double number) {
      return new BigDecimal(number.toString());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, inner) -> plain.put(String.valueOf(key), plain(inner)));
      return plain;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ChosenSettingsFile::plain).toList();
    }
    return value;
  }
}
