using PerfMarketing.Events;

namespace PerfMarketing.Tool.Logs;

/// <summary>Takes what a log holds, line by line.</summary>
internal interface ILogSink
{
    /// <summary>Which line of the log the next events stand on, from 1; of several lines the first.</summary>
    /// <param name="number">The line.</param>
    void Line(long number);

    /// <summary>Takes a touchpoint.</summary>
    /// <param name="touch">The touchpoint, by numbers of the log's tables.</param>
    /// <param name="id">Its id; empty when the line has none.</param>
    /// <returns>A number by which an outcome of the same line can name it.</returns>
    int Touch(in HeldTouch touch, ReadOnlySpan<byte> id);

    /// <summary>Takes an outcome that has an id.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="ownTouch">The touchpoint of the same line; −1 when there is none.</param>
    /// <returns>
    /// Whether it is taken; false when an outcome of another content stands under its id, and the line is to be named.
    /// </returns>
    bool Outcome(Outcome outcome, int ownTouch = -1);

    /// <summary>Takes an outcome of a foreign log, whose id is to be made of its content.</summary>
    /// <param name="outcome">An outcome without lines and facts; its id does not count.</param>
    /// <param name="ownTouch">The touchpoint of the same line; −1 when there is none.</param>
    void Unnamed(Outcome outcome, int ownTouch);

    /// <summary>Takes evidence.</summary>
    /// <param name="evidence">The evidence.</param>
    void Evidence(LogEvidence evidence);

    /// <summary>Takes a correction.</summary>
    /// <param name="correction">The correction.</param>
    void Correction(Correction correction);

    /// <summary>Takes what is invalid of a source and period.</summary>
    /// <param name="invalidation">The invalidation.</param>
    void Invalidation(LogInvalidation invalidation);

    /// <summary>Takes what a campaign of the advertiser took.</summary>
    /// <param name="claim">The claim.</param>
    void Claim(LogClaim claim);

    /// <summary>Takes a line that cannot be used.</summary>
    /// <param name="line">The line and what is wrong with it.</param>
    void Reject(RejectedLine line);
}
