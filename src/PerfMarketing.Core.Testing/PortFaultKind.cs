namespace PerfMarketing.Testing;

/// <summary>What goes wrong with one call of a port.</summary>
public enum PortFaultKind
{
    /// <summary>Nothing: the call does what it should.</summary>
    None,

    /// <summary>
    /// <see cref="PortFailedException"/> before anything was done: the host broke down, or the store was not reached.
    /// </summary>
    FailBefore,

    /// <summary>
    /// <see cref="PortFailedException"/> after everything was done: the host broke down before it knew. A read breaks
    /// off before its last record.
    /// </summary>
    FailAfter,

    /// <summary>
    /// A commit is done and answered with <see cref="Workflows.CommitResult.Unavailable"/>; for other calls the same as
    /// <see cref="FailAfter"/>.
    /// </summary>
    LostAcknowledgement,

    /// <summary>
    /// A commit is not done and answered with <see cref="Workflows.CommitResult.Unavailable"/>; for other calls the
    /// same as <see cref="FailBefore"/>.
    /// </summary>
    Unavailable,

    /// <summary>
    /// A commit is not done and answered with <see cref="Workflows.CommitResult.VersionConflict"/>, as if somebody had
    /// been faster; other calls do what they should.
    /// </summary>
    VersionConflict,

    /// <summary>
    /// The call waits in the <see cref="VirtualScheduler"/> before it is done, so that others overtake it.
    /// </summary>
    Delay,

    /// <summary>
    /// The newest records of each stream, or the newest touchpoints of a journey, are not seen yet, as on a replica
    /// that lags behind; calls that write do what they should.
    /// </summary>
    StaleRead,
}
