package io.videottt.io.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting that was added after results had been stored. While it has its neutral value, results
 * are those that there were without it, and {@link SettingsIdentity} leaves it out: what was stored
 * is found as before. A setting without this mark is part of the identity from the day on that its
 * record has it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface AddedLater {

  /**
   * The value at which results are as they were, as a file of settings gives it: {@code 0}, {@code
   * false}, {@code pixels}. Of a setting with keys of its own, those that decide, for example
   * {@code {iterations: 0}}: what else there is means nothing while they have these values.
   */
  String neutral();
}
