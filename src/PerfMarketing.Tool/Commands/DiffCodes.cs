namespace PerfMarketing.Tool.Commands;

/// <summary>The codes of why two files cannot be compared.</summary>
internal static class DiffCodes
{
    /// <summary>One file is a campaign, the other a contract.</summary>
    public const string OtherKind = "diff.other-kind";
}
