using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Calls;

/// <summary>The codes of why a telephone call does not count, or not yet.</summary>
public static class CallReasons
{
    /// <summary>Nobody answered.</summary>
    public const string NotAnswered = "call.not-answered";

    /// <summary>The record does not say how long the caller was connected.</summary>
    public const string ConnectedUnknown = "call.connected-unknown";

    /// <summary>The caller was connected for too short a time. Args: seconds, min.</summary>
    public const string TooShort = "call.too-short";

    /// <summary>The caller was connected before, and not long enough ago. Args: first, at.</summary>
    public const string RepeatedCaller = "call.repeated-caller";

    /// <summary>It cannot be said whether the caller called before: the number was withheld.</summary>
    public const string CallerUnknown = "call.caller-unknown";

    /// <summary>No second record confirms the call yet.</summary>
    public const string NotConfirmed = "call.not-confirmed";

    /// <summary>Two records of the call contradict each other. Args: seconds, other, tolerance.</summary>
    public const string RecordsDiffer = "call.records-differ";

    /// <summary>
    /// It was made at a time, to a number or from a place that the contract does not pay for. Args: because.
    /// </summary>
    public const string NotAccepted = "call.not-accepted";

    /// <summary>What all codes of this area begin with.</summary>
    internal const string Area = "call.";

    internal static Reason Repeated(string first, Instant at) =>
        Reason.Of(RepeatedCaller, ("first", first), ("at", at));
}
