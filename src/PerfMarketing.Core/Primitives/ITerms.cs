namespace PerfMarketing.Primitives;

/// <summary>
/// Something that can be written as terms: named values from which JSON, the digest and the diff are all made.
/// </summary>
/// <remarks>
/// A type writes each of its values once, under the camelCase of the property's name, and leaves out what has its
/// default.
/// Its reader is a static method <c>Read(TermReader)</c> that asks for the same names.
/// </remarks>
public interface ITerms
{
    /// <summary>Writes this object's values.</summary>
    /// <param name="terms">Where to write them.</param>
    void Write(TermWriter terms);
}
