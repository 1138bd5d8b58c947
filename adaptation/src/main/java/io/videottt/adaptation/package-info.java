/**
 * The paper's methods over a stream of frames, and the joint training that comes before them.
 *
 * <p>One loop serves every method; what differs is what is remembered, what is sampled and what is
 * optimised. Every random draw comes from a Java generator seeded by unit and frame, so a result
 * does not depend on what ran before it or beside it.
 */
package io.videottt.adaptation;
