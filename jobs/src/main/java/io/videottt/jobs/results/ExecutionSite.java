package io.videottt.jobs.results;

import java.io.Serializable;

/**
 * Where a unit ran.
 *
 * @param host name of the machine
 * @param device cpu or gpu:N
 */
public record ExecutionSite(String host, String device) implements Serializable {}
