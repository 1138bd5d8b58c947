package io.videottt.jobs.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.jobs.BuildFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Stored results are found by their units' ids: those that stood before a setting was added must
 * stand afterwards. The resource {@code unit-ids.txt} holds the settings' hashes and ids of every
 * method, task and preset as they were when the presets {@code released-kitti-step} and {@code
 * released-coco-videos} were added; lines of further presets may be added, none may change.
 */
class UnitIdsTest {

  private static final String GOLDEN = "unit-ids.txt";

  /** Presets in the order of the file; the first three are older than the others' settings. */
  private static final List<String> PRESETS =
      List.of("paper", "released", "small", "released-coco-videos", "released-kitti-step");

  /** The working size of the generated videos, which no network has to pad. */
  private static final Map<String, Object> DIVISIBLE =
      Map.of("shortSide", 0, "longSideLimit", 0, "height", 96, "width", 160);

  private static Map<String, Map<String, Object>> variants() {
    Map<String, Map<String, Object>> variants = new LinkedHashMap<>();
    variants.put("plain", Map.of());
    variants.put("varied", Map.of("window", 4, "iterationsPerFrame", 2, "frameOrder", "shuffled"));
    variants.put("smoothed", Map.of("prediction", Map.of("smoothing", 5)));
    return variants;
  }

  @Test
  void idsOfEveryMethodTaskAndPresetStandAsTheyDid() throws IOException {
    List<String> lines = lines();
    Files.write(BuildFolder.file(GOLDEN), lines);
    try (InputStream golden = getClass().getResourceAsStream(GOLDEN)) {
      assertThat(golden).as(GOLDEN).isNotNull();
      List<String> expected =
          new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines)
          .as(
              "a line that changes means that finished sweeps run again and that their old results"
                  + " stand unused beside the new ones; where numbers change, raise the result"
                  + " version, else give the new setting a neutral value that ids leave out; new"
                  + " lines (target/%s) may be added",
              GOLDEN)
          .hasSizeGreaterThan(400)
          .containsExactlyElementsOf(expected);
    }
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String preset : PRESETS) {
      AdaptationSettings base = AdaptationSettings.preset(preset, "test");
      variants()
          .forEach(
              (variant, overrides) -> {
                AdaptationSettings settings = base.with(overrides, "test");
                for (Method method : Methods.all()) {
                  for (Task task : Task.values()) {
                    if (method.supports(task) && settings.supports(task)) {
                      lines.add(line(preset, variant, settings, method, task));
                    }
                  }
                }
              });
    }
    return lines;
  }

  private static String line(
      String preset, String variant, AdaptationSettings settings, Method method, Task task) {
    Unit unit =
        new Unit(
            new Adaptation(
                "embedded",
                "test",
                "test-dusk",
                40,
                method,
                variant,
                settings.with(DIVISIBLE, "test"),
                0,
                "label",
                null,
                "/models/a",
                "f00d",
                "embedded/train",
                ResultVersion.COMPUTED),
            task);
    return String.join(
        " ",
        preset,
        variant,
        method.id(),
        task.id(),
        Sha256.id(method.canonical(settings, task)),
        unit.id());
  }
}
