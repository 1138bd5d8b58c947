package io.videottt.model.swin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.model.FeatureMaps;
import io.videottt.model.NamedWeights;
import io.videottt.model.NormObserver;
import io.videottt.model.Parameters;
import io.videottt.model.tensor.ConstantCache;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The encoder f: a Swin Transformer (Liu et al., 2021) with a norm on every stage's output, as
 * Hugging Face's backbone computes it: windows are never smaller than configured, maps are padded
 * to whole windows instead.
 */
public final class Swin {

  /** Of the norms outside of the blocks. */
  private static final double NORM_EPSILON = 1e-5;

  private record Stage(List<SwinBlock> blocks, List<NDArray> norm, List<NDArray> downsample) {}

  private final SwinConfiguration configuration;
  private final String prefix;
  private final List<NDArray> embedding;
  private final List<Stage> stages = new ArrayList<>();

  /**
   * @param prefix of the parameters' names
   * @param constants cache of masks and index tables
   */
  public Swin(
      SwinConfiguration configuration,
      Parameters parameters,
      String prefix,
      ConstantCache constants) {
    this.configuration = configuration;
    this.prefix = prefix;
    NamedWeights weights = new NamedWeights(parameters, prefix);
    embedding = weights.pairs("embeddings.patch_embeddings.projection", "embeddings.norm");
    for (int stage = 0; stage < SwinConfiguration.STAGES; stage++) {
      List<SwinBlock> blocks = new ArrayList<>();
      for (int block = 0; block < configuration.depths().get(stage); block++) {
        blocks.add(
            new SwinBlock(
                weights.below("encoder.layers." + stage + ".blocks." + block + "."),
                configuration.heads().get(stage),
                configuration.windowSize(),
                configuration.layerNormEpsilon(),
                constants));
      }
      List<NDArray> downsample = List.of();
      if (stage < SwinConfiguration.STAGES - 1) {
        NamedWeights merging = weights.below("encoder.layers." + stage + ".downsample.");
        downsample = new ArrayList<>(merging.pairs("norm"));
        downsample.add(merging.get("reduction.weight"));
      }
      List<NDArray> norm = weights.pairs("hidden_states_norms.stage" + (stage + 1));
      stages.add(new Stage(blocks, norm, downsample));
    }
  }

  /**
   * @param images [B, 4, H, W]
   * @param observer sees the input of every norm
   * @return channels-last views
   */
  public FeatureMaps encode(NDArray images, NormObserver observer) {
    return encode(images, new DropPath(0, configuration.blocks(), null), observer);
  }

  /**
   * @param images [B, 4, H, W]
   * @param random source of the drop path's draws
   * @return channels-last views
   */
  public FeatureMaps encodeForTraining(NDArray images, RandomGenerator random) {
    return encode(
        images,
        new DropPath(configuration.dropPathRate(), configuration.blocks(), random),
        NormObserver.NONE);
  }

  private FeatureMaps encode(NDArray images, DropPath dropPath, NormObserver observer) {
    int batch = Math.toIntExact(images.getShape().get(0));
    int index = 0;
    List<NDArray> outputs = new ArrayList<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      if (observer != NormObserver.NONE) {
        NDArray patches =
            SwinBlock.FUNCTIONS.call(
                images.getManager(), "patches", images, embedding.get(0), embedding.get(1));
        observer.observe(prefix + "embeddings.norm", patches, NORM_EPSILON);
        patches.close();
      }
      NDArray map =
          SwinBlock.FUNCTIONS.call(
              images.getManager(),
              "embed",
              images,
              embedding.get(0),
              embedding.get(1),
              embedding.get(2),
              embedding.get(3));
      for (int stage = 0; stage < SwinConfiguration.STAGES; stage++) {
        Stage parts = stages.get(stage);
        for (int block = 0; block < parts.blocks().size(); block++) {
          int shift = block % 2 == 0 ? 0 : configuration.windowSize() / 2;
          List<NDArray> branchFactors = dropPath.draw(map.getManager(), index++, batch);
          NDArray next = parts.blocks().get(block).apply(map, shift, branchFactors, observer);
          map.close();
          map = next;
        }
        observer.observe(prefix + "hidden_states_norms.stage" + (stage + 1), map, NORM_EPSILON);
        outputs.add(
            SwinBlock.FUNCTIONS.call(
                map.getManager(), "output", map, parts.norm().get(0), parts.norm().get(1)));
        if (!parts.downsample().isEmpty()) {
          if (observer != NormObserver.NONE) {
            NDArray joined = SwinBlock.FUNCTIONS.call(map.getManager(), "join", map);
            observer.observe(
                prefix + "encoder.layers." + stage + ".downsample.norm", joined, NORM_EPSILON);
            joined.close();
          }
          NDArray next =
              SwinBlock.FUNCTIONS.call(
                  map.getManager(),
                  "merge",
                  map,
                  parts.downsample().get(0),
                  parts.downsample().get(1),
                  parts.downsample().get(2));
          map.close();
          map = next;
        }
      }
      outputs.forEach(NDScope::unregister);
    }
    outputs.forEach(NDScope::register);
    return new FeatureMaps(outputs.get(0), outputs.get(1), outputs.get(2), outputs.get(3));
  }
}
