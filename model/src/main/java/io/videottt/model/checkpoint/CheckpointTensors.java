package io.videottt.model.checkpoint;

import io.videottt.base.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A checkpoint's tensors under the names of model folders, and what of it is not needed. */
final class CheckpointTensors {

  private static final String ENCODER = "model.pixel_level_module.encoder.";
  private static final String RECONSTRUCTION = "reconstruction.";

  /** What only this project's feature pyramid has. */
  private static final String PYRAMID = ENCODER + "embeddings.convolution_1.weight";

  private final String source;
  private final boolean detectron;
  private final Map<String, NamedPart> parts = new LinkedHashMap<>();
  private final Map<String, String> dropped = new TreeMap<>();
  private final Map<String, StoredTensor> normalisation = new TreeMap<>();

  /**
   * Finds out what a checkpoint's tensors are.
   *
   * @throws InvalidInputException when a name belongs to another network, or two stand for one
   *     tensor
   */
  CheckpointTensors(Checkpoint checkpoint) {
    source = checkpoint.source();
    detectron = DetectronNames.are(checkpoint.tensors().stream().map(StoredTensor::name).toList());
    checkpoint.others().forEach(name -> dropped.put(name, "no tensor"));
    checkpoint.tensors().forEach(detectron ? this::addTheirs : this::addOurs);
  }

  String source() {
    return source;
  }

  /** Whether the checkpoint has detectron2's names. */
  boolean detectron() {
    return detectron;
  }

  /** By the names of model folders. */
  Map<String, NamedPart> parts() {
    return parts;
  }

  /** The names of what is not needed, each with the reason. */
  Map<String, String> dropped() {
    return dropped;
  }

  /** pixel_mean and pixel_std, where the checkpoint has them. */
  Map<String, StoredTensor> normalisation() {
    return normalisation;
  }

  /** How many tensors of the checkpoint are used. */
  long used() {
    return parts.values().stream().map(NamedPart::name).distinct().count();
  }

  private void addTheirs(StoredTensor tensor) {
    String name = DetectronNames.current(tensor.name());
    Optional<String> refusal = DetectronNames.refusal(name);
    if (refusal.isPresent()) {
      throw new InvalidInputException(
          "%s holds %s, so it is of %s; only Mask2Former with a plain Swin is converted"
              .formatted(source, tensor.name(), refusal.get()));
    }
    Optional<String> needless = DetectronNames.needless(name);
    if (needless.isPresent()) {
      dropped.put(tensor.name(), needless.get());
      if (Set.of("pixel_mean", "pixel_std").contains(name)) {
        normalisation.put(name, tensor);
      }
      return;
    }
    List<String> ours = DetectronNames.ours(name);
    if (ours.isEmpty()) {
      throw new InvalidInputException(
          ("%s holds %s, which Mask2Former with Swin does not have; only such models are converted"
                  + "\nleave the tensor out where it is not part of the network")
              .formatted(source, tensor.name()));
    }
    if (ours.size() > 1
        && (tensor.shape().dimension() == 0 || tensor.shape().get(0) % ours.size() != 0)) {
      throw new InvalidInputException(
          "%s: %s has the shape %s; it must hold queries, keys and values, three equal parts"
              .formatted(source, tensor.name(), tensor.shape()));
    }
    for (int part = 0; part < ours.size(); part++) {
      put(ours.get(part), new NamedPart(tensor, part, ours.size()));
    }
  }

  private void addOurs(StoredTensor tensor) {
    String name = DetectronNames.withoutDataParallel(tensor.name());
    if (name.startsWith("criterion.")) {
      dropped.put(tensor.name(), "of the training loss");
    } else if (name.endsWith("relative_position_index")) {
      dropped.put(tensor.name(), "computed");
    } else if (name.startsWith(ENCODER + "layernorm.")
        || name.startsWith(ENCODER + "swin.layernorm.")) {
      dropped.put(tensor.name(), "a norm that is not used");
    } else {
      put(name, new NamedPart(tensor, 0, 1));
    }
  }

  private void put(String name, NamedPart part) {
    NamedPart other = parts.putIfAbsent(name, part);
    if (other != null) {
      throw new InvalidInputException(
          "%s holds both %s and %s, which stand for one tensor; leave one of them out"
              .formatted(source, other.name(), part.name()));
    }
  }

  /** The name that a tensor of a model folder has, or would have, in this checkpoint. */
  String nameOf(String ours) {
    NamedPart part = parts.get(ours);
    if (part != null) {
      return part.name();
    }
    return detectron ? DetectronNames.theirs(ours).orElse(ours) : ours;
  }

  /**
   * A tensor that no segmentation model is without.
   *
   * @throws InvalidInputException when it is missing
   */
  NamedPart require(String ours) {
    NamedPart part = parts.get(ours);
    if (part == null) {
      throw new InvalidInputException(source + lacks(ours));
    }
    return part;
  }

  private String lacks(String ours) {
    String name = nameOf(ours);
    List<String> some = new ArrayList<>(parts.keySet());
    boolean backboneAlone =
        detectron && !some.isEmpty() && some.stream().allMatch(each -> each.startsWith(ENCODER));
    if (backboneAlone) {
      return " holds a backbone alone, no segmentation model: it lacks %s\ngive a checkpoint of a whole model"
          .formatted(name);
    }
    if (!some.isEmpty() && some.stream().allMatch(each -> each.startsWith(RECONSTRUCTION))) {
      return " holds the reconstruction decoder of a model folder alone\ngive the folder that it is in";
    }
    if (parts.containsKey(PYRAMID)) {
      return " holds the weights of a feature pyramid of this project, not of Mask2Former with Swin\na model folder is used as it is: name the folder wherever a model is asked for";
    }
    return " is no checkpoint of Mask2Former with Swin: it lacks %s%s"
        .formatted(
            name,
            some.isEmpty() ? "" : "; it holds, for example, " + parts.get(some.get(0)).name());
  }
}
