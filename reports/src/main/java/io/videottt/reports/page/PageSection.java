package io.videottt.reports.page;

import gg.jte.Content;
import java.util.List;

/**
 * A section of the report's page: one heading of the second level with what belongs to it, and its
 * entry in the navigation.
 */
interface PageSection {

  /** Anchor of the section and target of the navigation, plain letters. */
  String id();

  /** Heading, plain text without markup. */
  String title();

  /** The section's name in the navigation, plain text; empty when it is not to stand there. */
  default String entry() {
    return title();
  }

  /** Whether the section has nothing to say; then the page leaves it out. */
  boolean isEmpty();

  /** What stands below the heading, as the section's template writes it. */
  Content body();

  /**
   * Scripts of the section, each a resource of this package. The page lets run only these, known by
   * their hashes.
   */
  default List<String> scripts() {
    return List.of();
  }

  /** Style sheets of the section, each a resource of this package. */
  default List<String> styles() {
    return List.of();
  }
}
