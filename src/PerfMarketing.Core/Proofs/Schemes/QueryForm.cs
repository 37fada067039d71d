namespace PerfMarketing.Proofs.Schemes;

/// <summary>What a provider computes its code over when it signs a query, a form or an address.</summary>
public enum QueryForm
{
    /// <summary>
    /// Fields sorted by name as <c>name=value</c>, joined by <c>&amp;</c>; in them <c>%</c> and <c>&amp;</c> are
    /// escaped.
    /// </summary>
    SortedPairs,

    /// <summary>
    /// Fields sorted by name as <c>name=value</c> without anything between them, values of one name joined by commas.
    /// Where one field ends and the next begins is not signed.
    /// </summary>
    SortedPairsUnparted,

    /// <summary>
    /// Fields sorted by name, each as <c>&amp;name=value</c>; <c>&amp;</c> and <c>=</c> in a value become <c>_</c>.
    /// </summary>
    SortedPairsFlattened,

    /// <summary>The address as it stands before the signature, which is its last field.</summary>
    RawAddress,

    /// <summary>
    /// The address, then the form's fields sorted by name, name and value without anything between them. Where one ends
    /// and the next begins is not signed.
    /// </summary>
    AddressThenForm,
}
