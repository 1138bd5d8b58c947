package io.videottt.model.checkpoint;

import io.videottt.model.ModelConfiguration;
import io.videottt.model.Part;
import java.util.List;
import java.util.Map;

/**
 * The findings of a conversion: what the checkpoint is, what of it was used and what was left.
 *
 * @param source the checkpoint
 * @param form what kind of file it is, for people
 * @param configuration of the model
 * @param parameters how many numbers each part of the network has; no entry for a part that the
 *     checkpoint does not hold
 * @param used tensors of the checkpoint that became parameters
 * @param dropped names of the others, each with the reason
 * @param notes what people should know besides, a line each
 */
public record ConversionSummary(
    String source,
    String form,
    ModelConfiguration configuration,
    Map<Part, Long> parameters,
    long used,
    Map<String, String> dropped,
    List<String> notes) {}
