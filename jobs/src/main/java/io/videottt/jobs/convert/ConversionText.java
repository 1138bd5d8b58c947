package io.videottt.jobs.convert;

import io.videottt.model.Part;
import io.videottt.model.checkpoint.ConversionSummary;
import io.videottt.model.mask2former.Mask2FormerConfiguration;
import io.videottt.model.swin.SwinConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text that a conversion prints: what was found, what was used, and every name that was not.
 */
public record ConversionText(ConversionSummary summary) {

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("checkpoint: %s (%s)".formatted(summary.source(), summary.form()));
    lines.add("architecture: " + architecture());
    lines.add("parameters: " + parameters());
    lines.add("tensors used: " + summary.used());
    lines.addAll(dropped());
    lines.add("tensors missing: none");
    summary.notes().forEach(note -> lines.add("note: " + note));
    return lines;
  }

  private String architecture() {
    if (!(summary.configuration() instanceof Mask2FormerConfiguration mask2Former)) {
      return "feature pyramid, %d classes".formatted(summary.configuration().classCount());
    }
    SwinConfiguration swin = mask2Former.backbone();
    return ("Mask2Former, %d classes, %d queries, %d decoder layers; Swin with %d channels, depths"
            + " %s, heads %s, windows of %d")
        .formatted(
            mask2Former.classCount(),
            mask2Former.queries(),
            mask2Former.decoderLayers(),
            swin.embeddingSize(),
            swin.depths(),
            swin.heads(),
            swin.windowSize());
  }

  private String parameters() {
    long all = summary.parameters().values().stream().mapToLong(Long::longValue).sum();
    return "%s (encoder f %s, main head h %s, reconstruction decoder g %s)"
        .formatted(
            number(all),
            number(summary.parameters().getOrDefault(Part.ENCODER, 0L)),
            number(summary.parameters().getOrDefault(Part.MAIN_HEAD, 0L)),
            summary.parameters().containsKey(Part.RECONSTRUCTION)
                ? number(summary.parameters().get(Part.RECONSTRUCTION))
                : "not in the checkpoint");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Names by the reason why they are not needed. */
  private List<String> dropped() {
    if (summary.dropped().isEmpty()) {
      return List.of("tensors dropped: none");
    }
    Map<String, List<String>> byReason = new TreeMap<>();
    summary
        .dropped()
        .forEach(
            (name, reason) -> byReason.computeIfAbsent(reason, r -> new ArrayList<>()).add(name));
    List<String> lines = new ArrayList<>();
    lines.add("tensors dropped: " + summary.dropped().size());
    byReason.forEach(
        (reason, names) -> lines.add("  %s: %s".formatted(reason, String.join(", ", names))));
    return lines;
  }
}
