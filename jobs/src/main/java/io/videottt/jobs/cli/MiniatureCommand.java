package io.videottt.jobs.cli;

import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.miniature.Miniature;
import io.videottt.io.storage.OutputPlace;
import io.videottt.jobs.runtime.HadoopSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the paper's data sets in small. */
@Command(
    name = "miniature",
    description = {
      "Writes small data sets in the layouts of KITTI-STEP, Cityscapes, COCO Videos " + "and COCO.",
      "With the published videos' names and pictures of the embedded street scenes, "
          + "so that everything of docs/reproduce.md can be run before the data are there. "
          + "The numbers say nothing about the published data. OUTPUT appears whole or not "
          + "at all."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt miniature --output runs/miniature",
      "  ./ttt catalog check kitti-step --root kitti-step=runs/miniature/kitti_step"
    })
public final class MiniatureCommand implements Callable<Integer> {

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The folder, new or empty, on a local disk.")
  private String output;

  @Option(
      names = "--frames",
      defaultValue = "4",
      paramLabel = "N",
      description = "Frames of every video, stills of every city (default: ${DEFAULT-VALUE}).")
  private int frames;

  @Override
  public Integer call() {
    if (output.contains("://")) {
      throw new InvalidInputException(
          "--output: %s is on no local disk; write the folder there and copy it (hadoop fs -put)"
              .formatted(output));
    }
    OutputPlace.requireFolder(output, "--output", HadoopSettings.standard());
    List<Miniature.Root> roots = new Miniature(frames).writeTo(Path.of(output));
    PrintWriter out = spec.commandLine().getOut();
    roots.forEach(
        root ->
            out.printf(
                "%s: %s in %s%n", root.dataset(), Count.of(root.images(), "image"), root.folder()));
    out.flush();
    return 0;
  }
}
