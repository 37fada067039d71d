namespace PerfMarketing.Settlement.Postbacks;

/// <summary>The codes of what is wrong with where and when a partner is told.</summary>
public static class PostbackReasons
{
    /// <summary>The template is no absolute http or https address, or has characters that one may not have.</summary>
    public const string AddressInvalid = "postback.address-invalid";

    /// <summary>The template is longer than it may be. Args: max.</summary>
    public const string TooLong = "postback.too-long";

    /// <summary>A macro has a name that is not known. Args: macro.</summary>
    public const string MacroUnknown = "postback.macro-unknown";

    /// <summary>
    /// A brace is not the begin or end of a macro: one that is meant is written <c>%7B</c> or <c>%7D</c>.
    /// </summary>
    public const string MacroOpen = "postback.macro-open";

    /// <summary>
    /// A macro stands before the query: what a customer sends could lead the call elsewhere. Args: macro.
    /// </summary>
    public const string MacroMisplaced = "postback.macro-misplaced";

    /// <summary>The name is missing, or nobody is named who is told.</summary>
    public const string TargetMissing = "postback.target-missing";

    /// <summary>No state is named that the partner is told of, or one that is not known. Args: state.</summary>
    public const string StateUnknown = "postback.state-unknown";
}
