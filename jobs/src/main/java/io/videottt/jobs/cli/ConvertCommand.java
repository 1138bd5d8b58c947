package io.videottt.jobs.cli;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.io.storage.OutputPlace;
import io.videottt.io.storage.StorageLocation;
import io.videottt.jobs.convert.ConversionText;
import io.videottt.jobs.convert.DetectronConfiguration;
import io.videottt.jobs.runtime.HadoopSettings;
import io.videottt.model.checkpoint.CheckpointConverter;
import io.videottt.model.checkpoint.ClassList;
import io.videottt.model.checkpoint.ConversionSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that makes model folders of published checkpoints. */
@Command(
    name = "convert",
    description = {
      "Makes a model folder of a published checkpoint of Mask2Former with a Swin backbone.",
      "Checkpoints are read with",
      "  detectron2's names, with the released code's reconstruction decoder (recon_head) where"
          + " the",
      "  file has it: .pkl (pickle), .pth or .pt (torch.save), .safetensors",
      "  Hugging Face's names: a folder with model.safetensors or pytorch_model.bin, whole or in",
      "  several files (*.index.json); half precision becomes single precision",
      "Nothing of a pickle is run: tensors, arrays and plain containers are read, anything else is",
      "refused. Sizes are read off the tensors. OUTPUT appears whole or not at all."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt convert --checkpoint model_final_064788.pkl --classes cityscapes-19 \\",
      "      --output models/cityscapes"
    })
public final class ConvertCommand implements Callable<Integer> {

  /** Names of lists of classes that are no data sets, and data sets that have them. */
  private static final Map<String, String> CLASS_LISTS =
      Map.of(
          "cityscapes-19", "cityscapes",
          "coco-133", "coco-panoptic",
          "coco-80", "coco-instances");

  @SuppressWarnings("unused")
  @Mixin
  private CommonOptions common;

  @Mixin private CatalogOptions catalog;
  @Spec private CommandSpec spec;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "FILE_OR_DIR",
      description = "The checkpoint; any Hadoop path.")
  private String checkpoint;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "What the network is like: a config.json, or a detectron2 YAML file with its "
              + "_BASE_ files. Every size in it is held against the tensors; it also gives what "
              + "no tensor shows, such as drop_path_rate (default: the config.json of the "
              + "checkpoint's folder, else the published values).")
  private java.nio.file.Path config;

  @Option(
      names = "--classes",
      paramLabel = "CLASSES",
      description =
          "Names of the classes: cityscapes-19, coco-133, coco-80, or a data set of the "
              + "catalogue (default: those of the configuration).")
  private String classes;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The model folder, which must be new; any Hadoop path.")
  private String output;

  @Override
  public Integer call() {
    Configuration hadoop = HadoopSettings.standard();
    OutputPlace.requireFolder(output, "--output", hadoop);
    Optional<ClassList> names = Optional.ofNullable(classes).map(this::classes);
    ConversionSummary summary =
        new CheckpointConverter(hadoop)
            .convert(
                StorageLocation.parse(checkpoint, "--checkpoint"),
                Optional.ofNullable(config).map(DetectronConfiguration::read),
                names,
                StorageLocation.parse(output, "--output"));
    var out = spec.commandLine().getOut();
    new ConversionText(summary).lines().forEach(out::println);
    out.println("model folder: " + output);
    out.flush();
    return 0;
  }

  private ClassList classes(String name) {
    Catalog known = catalog.open();
    String dataset = CLASS_LISTS.getOrDefault(name, name);
    if (!known.names().contains(dataset)) {
      throw new InvalidInputException(
          "--classes: there is no list of classes or data set \"%s\"\nthere are %s; %s"
              .formatted(
                  name,
                  String.join(", ", CLASS_LISTS.keySet().stream().sorted().toList()),
                  String.join(", ", known.names())));
    }
    List<ClassDefinition> definitions = known.definition(dataset).classes();
    return new ClassList(name, definitions.stream().map(ClassDefinition::name).toList());
  }
}
