package io.videottt.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.videottt.adaptation.settings.Presets;
import io.videottt.jobs.sweep.config.PresetFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the settings that sweeps and grids start from. */
@Command(
    name = "presets",
    description = {
      "Prints the presets of test-time training, every setting explained.",
      "With a preset's name, or a file that extends one: all of its values."
    },
    footer = {"", "Example:", "  ./ttt presets released-kitti-step"})
public final class PresetsCommand implements Callable<Integer> {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES))
          .build();

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PRESET",
      description = "A preset's name, or a YAML file that extends one.")
  private String preset;

  @Override
  public Integer call() throws JsonProcessingException {
    var out = spec.commandLine().getOut();
    out.print(
        preset == null
            ? Presets.text()
            : MAPPER.writeValueAsString(PresetFile.settings(preset, "presets")));
    out.flush();
    return 0;
  }
}
