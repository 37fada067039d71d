namespace PerfMarketing.Identity;

/// <summary>What of an e-mail address before the at sign tells people apart; dots always do.</summary>
public enum EmailLocalPart
{
    /// <summary>In lower case: nearly every provider delivers without regard to case.</summary>
    LowerCase,

    /// <summary>As it was written, since the standard lets providers tell cases apart.</summary>
    AsWritten,

    /// <summary>In lower case and without what follows the first plus sign: <c>ann+shop</c> is <c>ann</c>.</summary>
    LowerCaseWithoutTag,
}
