package io.videottt.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.tensor.NativeArrays;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The values that a tensor starts from when nothing was learnt before, chosen by its name and
 * shape.
 *
 * <p>Every tensor draws from a generator of its own, seeded by the model's seed and the tensor's
 * name, so that the values depend neither on the order of the tensors nor on which others exist.
 */
public final class Initialization {

  private static final String ENCODER = "model.pixel_level_module.encoder.";
  private static final double SWIN_DEVIATION = 0.02;
  private static final double TRUNCATION = 2;
  private static final int DEFORMABLE_LEVELS = 3;
  private static final int DEFORMABLE_POINTS = 4;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Initialization() {}

  /**
   * Draws parameters, each from a generator of its own, so that g can be drawn alone.
   *
   * @return one per definition, native copies owned by the manager
   */
  public static List<Parameter> initialise(
      List<ParameterDefinition> definitions, long seed, NDManager manager) {
    Map<String, Shape> shapes =
        definitions.stream()
            .collect(Collectors.toMap(ParameterDefinition::name, ParameterDefinition::shape));
    return definitions.stream()
        .map(
            definition -> {
              float[] values = values(definition.name(), shapes, seed);
              return new Parameter(
                  definition.name(),
                  definition.part(),
                  definition.decayed(),
                  definition.normAffine(),
                  NativeArrays.of(manager, values, definition.shape()));
            })
        .toList();
  }

  /**
   * Draws a tensor's first values.
   *
   * @param name the parameter's name in the checkpoint
   * @param shapes of this and of the other parameters
   * @param seed the model's seed
   * @return the values in row-major order
   */
  static float[] values(String name, Map<String, Shape> shapes, long seed) {
    Shape shape = shapes.get(name);
    float[] values = new float[Math.toIntExact(shape.size())];
    RandomGenerator random = new SplittableRandom(seedOf(name, seed));
    if (name.endsWith("sampling_offsets.bias")) {
      directions(values);
    } else if (shape.dimension() == 1) {
      vector(values, random, name, shapes);
    } else if (name.endsWith("sampling_offsets.weight")
        || name.endsWith("attention_weights.weight")) {
      Arrays.fill(values, 0);
    } else if (isEmbedding(name)) {
      normal(values, random, 1);
    } else if (shape.dimension() == 4) {
      convolution(values, random, name, shape);
    } else if (name.startsWith(ENCODER)) {
      truncatedNormal(values, random, SWIN_DEVIATION);
    } else if (isPrediction(name)) {
      uniform(values, random, 1 / Math.sqrt(shape.get(1)));
    } else {
      // Xavier: the deformable encoder's and the transformer decoder's linear layers.
      uniform(values, random, Math.sqrt(6.0 / (shape.get(0) + shape.get(1))));
    }
    return values;
  }

  /**
   * Scales of norms are 1, biases 0, but for the encoder's convolutions: a masked patch is zero in
   * all channels, and where a zero bias left it so, the next LayerNorm would multiply gradients by
   * 1 / sqrt(epsilon), and so would every one after it.
   */
  private static void vector(
      float[] values, RandomGenerator random, String name, Map<String, Shape> shapes) {
    Shape weight = shapes.get(name.replaceFirst("bias$", "weight"));
    if (name.endsWith("weight")) {
      Arrays.fill(values, 1);
    } else if (name.startsWith(ENCODER) && weight != null && weight.dimension() == 4) {
      uniform(values, random, 1 / Math.sqrt(fanIn(weight)));
    }
  }

  private static boolean isEmbedding(String name) {
    return name.endsWith("queries_embedder.weight")
        || name.endsWith("queries_features.weight")
        || name.endsWith("level_embed")
        || name.endsWith("level_embed.weight");
  }

  private static boolean isPrediction(String name) {
    return name.contains("class_predictor.")
        || name.contains("mask_embedder.")
        || name.contains(".predictor.");
  }

  /** He's normal where a rectifier follows, else Kaiming's uniform for linear outputs. */
  private static void convolution(
      float[] values, RandomGenerator random, String name, Shape shape) {
    boolean linear =
        name.contains("pixel_decoder.")
            || name.contains("pixel_level_module.decoder.")
            || name.contains("patch_embeddings.");
    if (linear) {
      uniform(values, random, Math.sqrt(3 / fanIn(shape)));
    } else {
      normal(values, random, Math.sqrt(2 / fanIn(shape)));
    }
  }

  /**
   * Deformable DETR's start: head m looks along the angle 2 pi m / M, its point p at distance p +
   * 1, the same on every level.
   */
  private static void directions(float[] bias) {
    int heads = bias.length / (DEFORMABLE_LEVELS * DEFORMABLE_POINTS * 2);
    int index = 0;
    for (int head = 0; head < heads; head++) {
      double angle = 2 * Math.PI * head / heads;
      double longest = Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
      for (int level = 0; level < DEFORMABLE_LEVELS; level++) {
        for (int point = 1; point <= DEFORMABLE_POINTS; point++) {
          bias[index++] = (float) (Math.cos(angle) / longest * point);
          bias[index++] = (float) (Math.sin(angle) / longest * point);
        }
      }
    }
  }

  private static double fanIn(Shape convolution) {
    return convolution.get(1) * (double) convolution.get(2) * convolution.get(3);
  }

  private static void normal(float[] values, RandomGenerator random, double deviation) {
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) (deviation * random.nextGaussian());
    }
  }

  private static void truncatedNormal(float[] values, RandomGenerator random, double deviation) {
    for (int index = 0; index < values.length; index++) {
      double drawn = random.nextGaussian();
      while (Math.abs(drawn) > TRUNCATION) {
        drawn = random.nextGaussian();
      }
      values[index] = (float) (deviation * drawn);
    }
  }

  private static void uniform(float[] values, RandomGenerator random, double bound) {
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  private static long seedOf(String name, long seed) {
    long hash = FNV_OFFSET ^ seed;
    for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (letter & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
