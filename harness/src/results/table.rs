//! A table is rows as a Parquet file, which any tool for data reads.
//!
//! Its bytes are a function of its rows: one row group in which each column has one encoding, no name or release of what
//! wrote it, no statistics, and no compression. Most of a row is digests, which do not compress; what repeats is in
//! dictionaries, and numbers that follow each other are kept as differences.

use super::{NotAVerdict, Row, RowVerdict, Sha256Sum};
use crate::Seed;
use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType};
use parquet::data_type::{Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::reader::{FileReader as _, RowGroupReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnPath, Type};
use std::sync::Arc;

/// The columns, in the order of a row's fields.
const SCHEMA: &str = "message row {
  required int64 index (integer(64, false));
  required int64 seed (integer(64, false));
  required byte_array source (string);
  required fixed_len_byte_array(32) case_sha256;
  optional fixed_len_byte_array(32) metered_sha256;
  optional fixed_len_byte_array(32) observation_sha256;
  required byte_array outcome (string);
  required int64 gas_used (integer(64, false));
  required int32 runs (integer(32, false));
  required int32 executions (integer(32, false));
  required int32 limit_runs (integer(32, false));
  required int32 fuel_readings (integer(32, false));
  required boolean repeated_fresh;
  required byte_array verdict (string);
  required byte_array detail (string);
}";

/// What takes the place of the name and release of what wrote the file.
const WRITER: &str = "modal-harness results 1";

/// Why bytes are no table of rows.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// They are no Parquet file, or a damaged one.
    #[error("the file is no whole Parquet file: {0}")]
    Parquet(#[from] ParquetError),
    /// Its columns are not those of rows.
    #[error("the file's columns are not those of results")]
    Schema,
    /// A column has fewer values than another.
    #[error("column {0} has too few values")]
    Short(&'static str),
    /// A text is not UTF-8, or a digest has not 32 bytes.
    #[error("column {0} has a value of the wrong form")]
    Form(&'static str),
    /// A verdict has no such name.
    #[error(transparent)]
    Verdict(#[from] NotAVerdict),
}

/// Rows as a Parquet file.
///
/// # Errors
///
/// If the file would be too large for the format.
pub fn write_table(rows: &[Row]) -> Result<Vec<u8>, TableError> {
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema()?), Arc::new(properties()))?;
    let mut group = file.next_row_group()?;
    let mut out = Columns { group: &mut group };
    let number = |of: fn(&Row) -> u64| rows.iter().map(|row| of(row).cast_signed()).collect::<Vec<_>>();
    let count = |of: fn(&Row) -> u32| rows.iter().map(|row| of(row).cast_signed()).collect::<Vec<_>>();
    let text = |of: fn(&Row) -> &str| rows.iter().map(|row| ByteArray::from(of(row))).collect::<Vec<_>>();
    out.required::<Int64Type>(&number(|row| row.index))?;
    out.required::<Int64Type>(&number(|row| row.seed.0))?;
    out.required::<ByteArrayType>(&text(|row| &row.source))?;
    out.required::<FixedLenByteArrayType>(&rows.iter().map(|row| fixed(row.case_sha256)).collect::<Vec<_>>())?;
    out.optional(rows.iter().map(|row| row.metered_sha256))?;
    out.optional(rows.iter().map(|row| row.observation_sha256))?;
    out.required::<ByteArrayType>(&text(|row| &row.outcome))?;
    out.required::<Int64Type>(&number(|row| row.gas_used))?;
    out.required::<Int32Type>(&count(|row| row.runs))?;
    out.required::<Int32Type>(&count(|row| row.executions))?;
    out.required::<Int32Type>(&count(|row| row.limit_runs))?;
    out.required::<Int32Type>(&count(|row| row.fuel_readings))?;
    out.required::<BoolType>(&rows.iter().map(|row| row.repeated_fresh).collect::<Vec<_>>())?;
    out.required::<ByteArrayType>(&text(|row| row.verdict.name()))?;
    out.required::<ByteArrayType>(&text(|row| row.verdict.detail()))?;
    group.close()?;
    Ok(file.into_inner()?)
}

/// The rows of a Parquet file.
///
/// # Errors
///
/// If it is damaged, or holds something else.
pub fn read_table(bytes: impl Into<Bytes>) -> Result<Vec<Row>, TableError> {
    let bytes = bytes.into();
    // Bytes that are damaged in certain places make the library that decodes them panic.
    let read = std::panic::catch_unwind(|| read_whole(bytes));
    read.unwrap_or_else(|_| Err(ParquetError::General("a page cannot be decoded".into()).into()))
}

fn read_whole(bytes: Bytes) -> Result<Vec<Row>, TableError> {
    let file = SerializedFileReader::new(bytes)?;
    if file.metadata().file_metadata().schema() != &schema()? {
        return Err(TableError::Schema);
    }
    let mut rows = Vec::new();
    for group in 0..file.num_row_groups() {
        read_group(file.get_row_group(group)?.as_ref(), &mut rows)?;
    }
    Ok(rows)
}

fn read_group(group: &dyn RowGroupReader, rows: &mut Vec<Row>) -> Result<(), TableError> {
    let mut input = Values { group, column: 0, rows: usize::try_from(group.metadata().num_rows()).unwrap_or_default() };
    let mut index = input.required::<Int64Type>("index")?;
    let mut seed = input.required::<Int64Type>("seed")?;
    let mut source = input.required::<ByteArrayType>("source")?;
    let mut case_sha256 = input.required::<FixedLenByteArrayType>("case_sha256")?;
    let mut metered_sha256 = input.optional("metered_sha256")?;
    let mut observation_sha256 = input.optional("observation_sha256")?;
    let mut outcome = input.required::<ByteArrayType>("outcome")?;
    let mut gas_used = input.required::<Int64Type>("gas_used")?;
    let mut runs = input.required::<Int32Type>("runs")?;
    let mut executions = input.required::<Int32Type>("executions")?;
    let mut limit_runs = input.required::<Int32Type>("limit_runs")?;
    let mut fuel_readings = input.required::<Int32Type>("fuel_readings")?;
    let mut repeated_fresh = input.required::<BoolType>("repeated_fresh")?;
    let mut verdict = input.required::<ByteArrayType>("verdict")?;
    let mut detail = input.required::<ByteArrayType>("detail")?;
    for _ in 0..input.rows {
        rows.push(Row {
            index: index.take()?.cast_unsigned(),
            seed: Seed(seed.take()?.cast_unsigned()),
            source: source.text()?,
            case_sha256: case_sha256.sum()?,
            metered_sha256: metered_sha256.take()?,
            observation_sha256: observation_sha256.take()?,
            outcome: outcome.text()?,
            gas_used: gas_used.take()?.cast_unsigned(),
            runs: runs.take()?.cast_unsigned(),
            executions: executions.take()?.cast_unsigned(),
            limit_runs: limit_runs.take()?.cast_unsigned(),
            fuel_readings: fuel_readings.take()?.cast_unsigned(),
            repeated_fresh: repeated_fresh.take()?,
            verdict: RowVerdict::from_parts(&verdict.text()?, &detail.text()?)?,
        });
    }
    Ok(())
}

fn schema() -> Result<Type, ParquetError> {
    parse_message_type(SCHEMA)
}

fn properties() -> WriterProperties {
    let column = |name: &str| ColumnPath::from(name);
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_created_by(WRITER.to_owned())
        .set_compression(Compression::UNCOMPRESSED)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(None);
    for name in ["index", "gas_used", "runs", "executions", "limit_runs", "fuel_readings"] {
        properties = properties
            .set_column_dictionary_enabled(column(name), false)
            .set_column_encoding(column(name), Encoding::DELTA_BINARY_PACKED);
    }
    for name in ["seed", "case_sha256", "metered_sha256", "observation_sha256"] {
        properties = properties
            .set_column_dictionary_enabled(column(name), false)
            .set_column_encoding(column(name), Encoding::PLAIN);
    }
    properties.build()
}

/// Columns that are written one after the other.
struct Columns<'a, 'group> {
    group: &'a mut SerializedRowGroupWriter<'group, Vec<u8>>,
}

impl Columns<'_, '_> {
    fn required<T: DataType>(&mut self, values: &[T::T]) -> Result<(), ParquetError> {
        self.write::<T>(values, None)
    }

    fn optional(&mut self, sums: impl Iterator<Item = Option<Sha256Sum>> + Clone) -> Result<(), ParquetError> {
        let levels = sums.clone().map(|sum| i16::from(sum.is_some())).collect::<Vec<_>>();
        self.write::<FixedLenByteArrayType>(&sums.flatten().map(fixed).collect::<Vec<_>>(), Some(&levels))
    }

    fn write<T: DataType>(&mut self, values: &[T::T], levels: Option<&[i16]>) -> Result<(), ParquetError> {
        let mut column = self.group.next_column()?.ok_or_else(|| ParquetError::General("no such column".into()))?;
        column.typed::<T>().write_batch(values, levels, None)?;
        column.close()
    }
}

/// Columns that are read one after the other.
struct Values<'a> {
    group: &'a dyn RowGroupReader,
    column: usize,
    rows: usize,
}

/// The values of one column that are still to be taken.
struct Column<T> {
    name: &'static str,
    values: std::vec::IntoIter<T>,
}

impl Values<'_> {
    fn required<T: DataType>(&mut self, name: &'static str) -> Result<Column<T::T>, TableError> {
        Ok(Column { name, values: self.read::<T>(None)?.into_iter() })
    }

    fn optional(&mut self, name: &'static str) -> Result<Column<Option<Sha256Sum>>, TableError> {
        let mut levels = Vec::new();
        let values = self.read::<FixedLenByteArrayType>(Some(&mut levels))?;
        let mut there = Column { name, values: values.into_iter() };
        let sums = levels.iter().map(|&level| (level == 1).then(|| there.sum()).transpose());
        Ok(Column { name, values: sums.collect::<Result<Vec<_>, _>>()?.into_iter() })
    }

    fn read<T: DataType>(&mut self, levels: Option<&mut Vec<i16>>) -> Result<Vec<T::T>, TableError> {
        let mut values = Vec::new();
        let reader = self.group.get_column_reader(self.column)?;
        self.column += 1;
        get_typed_column_reader::<T>(reader).read_records(self.rows, levels, None, &mut values)?;
        Ok(values)
    }
}

impl<T> Column<T> {
    fn take(&mut self) -> Result<T, TableError> {
        self.values.next().ok_or(TableError::Short(self.name))
    }
}

impl Column<ByteArray> {
    fn text(&mut self) -> Result<String, TableError> {
        let bytes = self.take()?;
        bytes.as_utf8().map(str::to_owned).map_err(|_| TableError::Form(self.name))
    }
}

impl Column<FixedLenByteArray> {
    fn sum(&mut self) -> Result<Sha256Sum, TableError> {
        let bytes = self.take()?;
        bytes.data().try_into().map(Sha256Sum).map_err(|_| TableError::Form(self.name))
    }
}

fn fixed(sum: Sha256Sum) -> FixedLenByteArray {
    FixedLenByteArray::from(sum.0.to_vec())
}
