namespace PerfMarketing.Tool.Commands;

/// <summary>What the commands do once their words are understood.</summary>
internal interface IToolActions
{
    /// <summary>Settles a campaign from a log.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Settle(SettleRequest request, CancellationToken cancel);

    /// <summary>Settles one log under several campaigns and compares them.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Compare(CompareRequest request, CancellationToken cancel);

    /// <summary>Shares out the conversions of a log among its channels.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Attribute(AttributeRequest request, CancellationToken cancel);

    /// <summary>Replays traffic through the pace of a budget.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Simulate(SimulateRequest request, CancellationToken cancel);

    /// <summary>Says what is wrong with a campaign's file.</summary>
    /// <param name="campaign">The file.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Validate(string campaign);

    /// <summary>Says what differs between two versions of a campaign's or a contract's file.</summary>
    /// <param name="request">What to do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Diff(DiffRequest request);

    /// <summary>Prints the JSON Schema of a kind of file.</summary>
    /// <param name="kind">Which kind.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Schema(FileKind kind);

    /// <summary>Explains one outcome.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Explain(ExplainRequest request, CancellationToken cancel);

    /// <summary>Checks the files that <c>settle --out</c> wrote.</summary>
    /// <param name="request">What to do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Audit(AuditRequest request);

    /// <summary>Checks one piece of evidence.</summary>
    /// <param name="request">What to do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    int Verify(VerifyRequest request);
}
