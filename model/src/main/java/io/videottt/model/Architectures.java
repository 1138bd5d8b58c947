package io.videottt.model;

import io.videottt.base.Extensions;
import java.util.List;

/** The kinds of networks that are known. */
final class Architectures {

  static final Extensions<ArchitectureType> KNOWN =
      new Extensions<>(ArchitectureType.class, "network", ArchitectureType::modelType, List.of());

  private Architectures() {}
}
